"""Invented people, places and companies, for demonstrations.

All of them are made up, as combinations of names from everywhere that French lists have.
Telephones are of the ranges that are kept for fiction (ARCEP), addresses of electronic mail
end in `.example`, company numbers begin with zeros.
"""

from __future__ import annotations

NOMS = (
    "AUBRÉVILLE", "ĐẶNG-LAVAL", "D’ORVANNE", "ŒILLARD", "BENSARRAF", "KOUMARÉ", "LE TRÉHOUX",
    "MARCHAVOINE", "DA VINHAS", "ŁOZOWSKI", "ÖZKAYALI", "TERIʻIMANA", "RAZAFINDRIVO", "SAINT-ARBY",
    "PASQUERELLE", "DIOMBATÉ", "FONTVIEILLE", "AÏT-MEZRANE", "GARRIGOSSE", "VAN DER HOOFT",
    "CHÂTELMONT", "BELLONGUET", "MOUSTAFAOUI", "ETCHEGARRAN", "THIBAUDIER", "SOUMAHARÉ",
    "DE LA ROCHETTE-AUX-BOIS", "IBARRONDE", "COËTMEUR", "VERMANDELLE", "TRẦN-MOREL", "JOUANNIC",
    "HADJ-LARBI", "PLOUGUERNO", "ANDRIAMBOAVO", "QUENTRELLE", "MBALLADOU", "ESCOFFRIER",
    "ZIEGELBACH", "LÉCUYON", "PIETRASANTINI",
)  # fmt: skip
PRENOMS = {
    "F": (
        "Anaë", "Inès", "Maëlys", "Fatou", "Zoé", "Thị Mai", "Élise", "Nour", "Héloïse", "Aïssata",
        "Lou-Anne", "Hinatea", "Chloé", "Yasmine", "Françoise-Marie", "Zofia", "Elif", "Conceição",
        "Océane", "Rokhaya", "Solène", "Ny Aina", "Victoire",
    ),
    "M": (
        "Noé", "Mehdi", "Loïc", "Ibrahima", "Gaël", "Minh", "Étienne", "Rayân", "Jean-Côme", "Musa",
        "Ewen", "Teva", "Théo", "Younès", "Marc-Aurèle", "Paweł", "Yiğit", "João", "Anatole",
        "Ousmane", "Thaddée", "Tojo", "Raphaël",
    ),
    "": (
        "Camille", "Sacha", "Charlie", "Alix", "Swann", "Yaël", "Maé", "Andrea", "Morgan", "Eden",
        "Claude", "Lan", "Noa", "Sony", "Maxence", "Jordane", "Amal", "Ange", "Loïs", "Mahé",
        "Axelle", "Stéphane", "Florence",
    ),
}  # fmt: skip
VOIES = (
    "{} rue des Merisiers", "{} bis, chemin de l’Étang-Clair", "{} allée du Vieux-Moulin",
    "{} place de la Halle-aux-Grains", "{} impasse des Cœurs-Fidèles", "{} avenue du Lavoir",
    "{} quai des Mariniers",
)  # fmt: skip
COMMUNES = (
    ("19999", "Vernac-sur-Lune"), ("19998", "Saint-Évroult-le-Neuf"), ("19997", "Montbrazac"),
    ("19996", "L’Houmeau-des-Bois"), ("19995", "Plougastrec"),
)  # fmt: skip
# Company, what it does, and the name of its mail.
ENTREPRISES = (
    ("Au Panier d’Augustine", "Épicerie fine", "panier-augustine"),
    ("Cycles du Grand-Large", "Vente et réparation de cycles", "cycles-grand-large"),
    ("Librairie « La Page cornée »", "Librairie", "page-cornee"),
    ("Maison Œilleret & Filles", "Linge de maison", "oeilleret"),
    ("Jardinerie des Trois-Sources", "Jardinerie", "trois-sources"),
    ("Optique Clairevue", "Optique", "clairevue"),
    ("Bricol’Ouest", "Bricolage", "bricol-ouest"),
    ("Sport & Cimes", "Articles de sport", "sport-cimes"),
    ("La Boîte à Çédilles", "Papeterie", "cedilles"),
    ("Électro Bellerive", "Électroménager", "bellerive"),
    ("Parfumerie Néroli", "Parfumerie", "neroli"),
)
FONCTIONS = (
    "Responsable de rayon", "Responsable de magasin", "Responsable des ventes",
    "Responsable de l’accueil",
)  # fmt: skip
