#!/bin/sh
# Ce que l'intégration continue fait du dossier d'un établissement. Chaque étape se lance aussi
# à la main, dans ce dossier :
#
#     sh ci/pfmp.sh installer            pfmp, et ce dont il a besoin, aux sommes vérifiées
#     sh ci/pfmp.sh verifier             relire pfmp.yaml, le référentiel et les modèles
#     sh ci/pfmp.sh comparer REVISION    ce qui a changé depuis, dans rapports/diff.md
#     sh ci/pfmp.sh fabriquer            les documents vierges, et de ceux-là ce qui a changé
#     sh ci/pfmp.sh publier              un site de la page et des documents vierges, dans public
#
# Les listes d'élèves ne sont pas dans le dépôt : aucune étape ne les lit.
set -eu

RAPPORTS=${RAPPORTS:-rapports}
FORMAT=${FORMAT:-text}

# Un référentiel ici, et une révision que git connaît où il est déjà ; sinon, rien à comparer. Que
# git refuse le dossier même doit se voir.
connue() {
    test -f referentiel.yaml || return 1
    git rev-parse --git-dir >/dev/null && git cat-file -e "$1:./referentiel.yaml" 2>/dev/null
}

# Ce que la révision dit, à l'octet près : pip refuse tout paquet dont la somme n'est pas la sienne.
installer() {
    sources=$(mktemp -d)
    git clone --quiet "$PFMP" "$sources"
    git -C "$sources" checkout --quiet --detach "$PFMP_REVISION"
    pip install --quiet --require-hashes \
        -r "$sources/requirements/runtime.txt" -r "$sources/requirements/build.txt"
    # Ce qui fait tourner la page vient de npm, aux sommes vérifiées aussi.
    [ -z "${PAGE:-}" ] || (cd "$sources" && python -m tools.fetch_page)
    pip install --quiet --no-deps --no-build-isolation "$sources"
    rm -rf "$sources"
}

verifier() {
    mkdir -p "$RAPPORTS"
    # GitLab lit un fichier, GitHub la sortie. Ce qui arrête tout se lit aussi dans le journal.
    if [ "$FORMAT" = gitlab ]; then
        pfmp check --format gitlab >"$RAPPORTS/check.json" || pfmp check
    else
        pfmp check --format "$FORMAT"
    fi
}

comparer() {
    mkdir -p "$RAPPORTS"
    : >"$RAPPORTS/diff.md"
    if connue "$1"; then
        pfmp diff "$1:./referentiel.yaml" referentiel.yaml --format markdown >"$RAPPORTS/diff.md"
    else
        echo "Pas de référentiel à la révision « $1 » : rien à comparer." >&2
    fi
}

fabriquer() {
    pfmp build --vierges
}

# Un lycée qui a plusieurs diplômes dit duquel est la page : REFERENTIEL=…
publier() {
    rm -rf public
    mkdir -p public
    cp -R documents/vierges public/vierges
    pfmp page -o public/pfmp.html ${REFERENTIEL:+--referentiel "$REFERENTIEL"}
    {
        echo '<!doctype html><html lang="fr"><meta charset="utf-8">'
        echo '<meta name="viewport" content="width=device-width, initial-scale=1">'
        echo '<title>Les documents de PFMP</title><h1>Les documents de PFMP</h1>'
        echo '<p><a href="pfmp.html">Ceux de vos élèves, à partir de votre liste</a>.</p>'
        echo '<h2>Documents vierges</h2><ul>'
        (cd public && find vierges -name '*.pdf' | sort) |
            sed 's|.*|<li><a href="&">&</a></li>|; s|>vierges/|>|; s|\.pdf</a>|</a>|'
        echo '</ul></html>'
    } >public/index.html
    chmod -R a+rX public # un site se lit par tous : GitHub Pages refuse ce qui ne l'est pas
}

case ${1:-} in
    installer | verifier | fabriquer | publier) "$1" ;;
    comparer) comparer "${2:-HEAD~1}" ;;
    *)
        sed -n '5,9s/^# *//p' "$0" >&2
        exit 2
        ;;
esac
