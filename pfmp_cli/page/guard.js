// All that runs of a page which is cut short, or read as another charset than its own: in ASCII.
"use strict";
function tellDamage() {
  ["attente", "demande", "resultat"].forEach((id) => (document.getElementById(id) || {}).hidden = true);
  document.getElementById("abime").hidden = false;
}
addEventListener("DOMContentLoaded", () => self.fail || tellDamage());
