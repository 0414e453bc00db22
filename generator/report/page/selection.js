// Which step is selected, and which view is shown. Every view marks what belongs to the step with its number in data-step.
let selected = null;
const views = {};

function select(step) {
  selected = step;
  for (const marked of document.querySelectorAll(".chosen[data-step]")) marked.classList.remove("chosen");
  for (const mark of document.querySelectorAll(`[data-step="${step}"]`)) mark.classList.add("chosen");
  showDetails(steps[step]);
  for (const view of Object.values(views)) view.selected?.(step);
}

function show(name) {
  for (const section of document.querySelectorAll("section")) section.classList.toggle("shown", section.id === name);
  for (const button of document.querySelectorAll("[data-view]")) button.classList.toggle("chosen", button.dataset.view === name);
  views[name].shown?.();
}
const isShown = (name) => document.getElementById(name).classList.contains("shown");
