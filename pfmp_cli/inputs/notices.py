"""What each key of the YAML files is for, in French: its title and, where it helps, a sentence.

By model, then by key; the model's own sentence is under "". `schema` puts them into the JSON
Schemas, and a test holds that no key is without a title.
"""

from __future__ import annotations

_CODE = ("Code", "Ce qui le désigne ailleurs. Il ne change pas et ne sert jamais deux fois.")
_OPTION = ("Option", "Le code de l'option à laquelle c'est réservé ; rien pour toutes.")
_NIVEAUX = ("Niveaux", "L'échelle, du premier au dernier niveau. Deux niveaux au moins.")
_ELEMENT = "Sans virgule ni point final : l'impression les ajoute."

Notice = tuple[str, str]
NOTICES: dict[str, dict[str, Notice]] = {
    "Referentiel": {
        "": ("Référentiel", "Les activités d'un diplôme professionnel, pour ses livrets de PFMP."),
        "diplome": ("Diplôme", "Son nom, et ce que les documents en disent."),
        "options": ("Options", "Les options du diplôme, s'il en a."),
        "classes": ("Classes", "Les classes, de la première à la dernière année."),
        "variantes": ("Variantes", "Ce qui change les périodes de certains élèves."),
        "activites": ("Activités", "Les activités professionnelles, dans l'ordre du diplôme."),
        "contexte": ("Contexte", "Le texte du diplôme qui précède les activités."),
        "lettre": ("Lettre", "Le texte commun de la lettre aux entreprises."),
        "evaluation": ("Évaluation", "Les cases à cocher des grilles."),
        "errata": ("Errata", "Les réparations apportées au document source."),
    },
    "Diplome": {
        "": ("Diplôme", ""),
        "intitule": ("Intitulé", "Le nom de la spécialité, en entier."),
        "sigle": ("Sigle", "Par exemple MCV."),
        "type": ("Type", "Par exemple « Baccalauréat professionnel »."),
        "type_court": ("Type court", "Par exemple « BAC PRO », pour la couverture."),
        "mention": ("Mention", "Une ligne sous le titre de la couverture."),
        "arrete": ("Arrêté", "La date et l'objet de l'arrêté, après « arrêté du »."),
        "semaines": ("Semaines", "Les semaines de PFMP que le diplôme demande en tout."),
    },
    "Option": {
        "": ("Option", ""),
        "code": _CODE,
        "intitule": ("Intitulé", "Le nom de l'option, en entier."),
        "sigle": ("Sigle", "Par exemple AGEC."),
    },
    "Periode": {
        "": ("Période", "Une période en entreprise ; ses dates sont dans pfmp.yaml."),
        "code": ("Code", "Le numéro de la période dans l'année."),
        "semaines": ("Semaines", "Sa durée en semaines."),
        "variante": ("Variante", "Le code de la variante dont seuls les élèves font la période."),
    },
    "Classe": {
        "": ("Classe", ""),
        "code": _CODE,
        "libelle": ("Libellé", "Le nom de la classe, tel qu'il s'imprime."),
        "repartition": ("Répartition", "La ligne de la classe dans l'échéancier de la lettre."),
        "options": ("Options", "Les codes des options ; une liste vide si la classe est commune."),
        "activites": ("Activités", "Les codes des activités de la classe, toutes options mêlées."),
        "mef": ("MEF", "Option (ou « commune ») : les dix premiers chiffres des codes de SIECLE."),
        "mef_apprentis": ("MEF des apprentis", "De même, pour les apprentis."),
        "mef_libelles": ("Libellés de MEF", "De même, pour les exports qui n'ont que le libellé."),
        "periodes": ("Périodes", "Les périodes de l'année, dans l'ordre."),
    },
    "Variante": {
        "": ("Variante", "Une colonne de la liste des élèves porte son code."),
        "code": _CODE,
        "libelle": ("Libellé", "Son nom, tel qu'il s'imprime."),
    },
    "Bloc": {
        "": ("Bloc de compétences", ""),
        "code": ("Code", "Le numéro du bloc."),
        "intitule": ("Intitulé", "Le nom du bloc."),
        "unite": ("Unité", "L'unité certificative, par exemple U31, si elle est connue."),
    },
    "Item": {
        "": ("Élément", "Une tâche, une ressource ou un résultat."),
        "code": ("Code", "Par exemple 1.T3. Un ajout prend le numéro suivant ; il ne change pas."),
        "libelle": ("Libellé", _ELEMENT),
    },
    "Relations": {
        "": ("Relations", ""),
        "hierarchiques": ("Hiérarchiques", "Relations internes hiérarchiques, en une phrase."),
        "fonctionnelles": ("Fonctionnelles", "Relations internes fonctionnelles, en une phrase."),
        "externes": ("Externes", f"Relations externes, en liste. {_ELEMENT}"),
    },
    "Activite": {
        "": ("Activité", ""),
        "code": _CODE,
        "option": _OPTION,
        "intitule": ("Intitulé", "Le nom de l'activité."),
        "bloc": ("Bloc", "Le bloc de compétences qu'elle fait acquérir."),
        "conditions": ("Conditions d'exercice", "Un paragraphe."),
        "taches": ("Tâches", "Les cases que le tuteur coche."),
        "ressources": ("Ressources", "Les moyens dont l'élève dispose."),
        "relations": ("Relations", "Avec qui l'élève travaille."),
        "resultats": ("Résultats attendus", "Ce que les grilles évaluent."),
        "lacunes": ("Lacunes", "Nom d'une liste vide : pourquoi elle l'est."),
    },
    "BlocTexte": {
        "": ("Bloc de texte", "Un titre, un texte ou une liste, dans cet ordre."),
        "option": _OPTION,
        "titre": ("Titre", ""),
        "texte": ("Texte", "Un paragraphe, ou ce qui introduit la liste."),
        "liste": ("Liste", _ELEMENT),
    },
    "Section": {
        "": ("Section", ""),
        "code": ("Code", "Son numéro, par exemple I.2.1."),
        "titre": ("Titre", ""),
        "blocs": ("Blocs", "Ses paragraphes et ses listes."),
        "sections": ("Sections", "Les sections qu'elle contient."),
    },
    "Contexte": {
        "": ("Contexte", ""),
        "titre": ("Titre", ""),
        "sections": ("Sections", ""),
    },
    "Lettre": {
        "": ("Lettre", "{secteur} et {convention} viennent de pfmp.yaml."),
        "objet": ("Objet", "Ce qui suit « Objet : »."),
        "introduction": ("Introduction", "Les paragraphes d'avant l'échéancier des classes."),
        "corps": ("Corps", "Les paragraphes d'après."),
    },
    "Niveau": {
        "": ("Niveau", ""),
        "libelle": ("Libellé", "Son nom, en tête de colonne."),
        "hors_echelle": ("Hors échelle", "true pour « non évalué », qui n'est pas un niveau."),
    },
    "Attitudes": {
        "": ("Attitudes", "Un tableau d'attitudes à évaluer, avec sa propre échelle."),
        "liste": ("Liste", f"Les attitudes. {_ELEMENT}"),
        "niveaux": _NIVEAUX,
    },
    "Evaluation": {
        "": ("Évaluation", ""),
        "taches": ("Tâches", "Les têtes des colonnes à cocher pour les tâches."),
        "niveaux": _NIVEAUX,
        "attitudes": ("Attitudes", "Un tableau d'attitudes à évaluer."),
        "note_sur": ("Note sur", "La plus haute note proposée : 20."),
    },
    "Erratum": {
        "": ("Erratum", "Une réparation du document source."),
        "ou": ("Où", "Le chemin du passage, par exemple activites.1.taches."),
        "source": ("Source", "Le texte du document source."),
        "corrige": ("Corrigé", "Le texte réparé."),
        "motif": ("Motif", "Pourquoi."),
        "certitude": ("Certitude", "Une réparation « a_confirmer » n'est pas appliquée."),
    },
    "Projet": {
        "": ("Établissement", "Le lycée, sa lettre, son calendrier. Tout est facultatif."),
        "annee_scolaire": ("Année scolaire", "Par exemple 2025-2026."),
        "etablissement": ("Établissement", "Ses nom, adresse et téléphone."),
        "lettre": ("Lettre", "Ce que l'établissement met dans la lettre aux entreprises."),
        "calendrier": ("Calendrier", "Les dates des périodes."),
        "divisions": ("Divisions", "Nom d'une division : sa classe et son option."),
        "contacts": ("Contacts", "Les personnes que le tuteur peut appeler."),
        "niveaux": ("Niveaux", "L'échelle de l'établissement, qui remplace celle du référentiel."),
        "attitudes": ("Attitudes", "Les attitudes que l'établissement évalue."),
        "complements": ("Compléments", "Code d'une activité : les listes que le diplôme n'a pas."),
    },
    "Personne": {
        "": ("Personne", ""),
        "nom": ("Nom", "Prénom et NOM."),
        "titre": ("Titre", "Sa fonction."),
    },
    "Etablissement": {
        "": ("Établissement", ""),
        "nom": ("Nom", "Le nom du lycée."),
        "adresse": ("Adresse", "Ses lignes, sans le code postal ni la ville."),
        "code_postal": ("Code postal", "Cinq chiffres, entre guillemets."),
        "ville": ("Ville", ""),
        "telephone": ("Téléphone", ""),
        "courriel": ("Courriel", ""),
        "uai": ("UAI", "Sept chiffres et une lettre."),
        "logo": ("Logo", "Une image, SVG, PNG ou JPEG ; le chemin part du dossier du fichier."),
        "chef": ("Chef d'établissement", ""),
    },
    "LettreProjet": {
        "": ("Lettre", ""),
        "reference": ("Référence", "En haut de la lettre."),
        "numero": ("Numéro", "En haut de la lettre."),
        "date": ("Date", "Année, mois, jour : 2025-06-24."),
        "lieu": ("Lieu", "Devant la date ; la ville de l'établissement sinon."),
        "objet": ("Objet", "Remplace l'objet du référentiel."),
        "secteur": ("Secteur", "Remplit {secteur}."),
        "convention": ("Convention", "Le texte de la convention type ; remplit {convention}."),
        "signataire": ("Signataire", "Qui signe la lettre."),
    },
    "DatesPeriode": {
        "": ("Dates d'une période", ""),
        "du": ("Du", "Le premier jour : 2026-01-05."),
        "au": ("Au", "Le dernier jour, compris."),
    },
    "Calendrier": {
        "": ("Calendrier", ""),
        "periodes": ("Périodes", "Code d'une classe : les dates de ses périodes, dans l'ordre."),
    },
    "Division": {
        "": ("Division", ""),
        "classe": ("Classe", "Le code de la classe."),
        "option": ("Option", "Le code de l'option ; rien si la classe est commune."),
    },
    "Contact": {
        "": ("Contact", ""),
        "role": ("Rôle", "Par exemple « Bureau des stages »."),
        "nom": ("Nom", ""),
        "telephone": ("Téléphone", ""),
        "courriel": ("Courriel", ""),
    },
    "Complement": {
        "": ("Complément", "Ce qui remplit une lacune du référentiel."),
        "taches": ("Tâches", _ELEMENT),
        "ressources": ("Ressources", _ELEMENT),
        "resultats": ("Résultats attendus", _ELEMENT),
    },
}  # fmt: skip
