// Select2 puts an element of its own in place of a select: tie the select's label to it, also in rows added later.
"use strict";
const tieLabels = () => {
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
    const label = select.id && document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const box = select.nextElementSibling?.querySelector(".select2-selection");
    if (!label || !box || box.dataset.labelled === select.id) continue;
    label.id = `${select.id}_label`;
    box.dataset.labelled = select.id;
    const value = box.querySelector(".select2-selection__rendered");
    if (value?.id) {
      box.setAttribute("aria-labelledby", `${label.id} ${value.id}`);
      value.setAttribute("aria-labelledby", label.id);
    } else {
      box.setAttribute("aria-labelledby", label.id);
    }
    box.querySelector(".select2-search__field")?.setAttribute("aria-labelledby", label.id);
  }
};
new MutationObserver(tieLabels).observe(document.documentElement, { childList: true, subtree: true });
tieLabels();
