// All steps in a table: sorted by a click on a column, filtered by text.
const columns = [
  { title: "Step", of: (layer) => layer.step, text: String },
  { title: "Operator", of: (layer) => layer.operator },
  { title: "Name", of: (layer) => layer.name },
  { title: "Result", of: (layer) => layer.result },
  { title: "MACs", of: (layer) => layer.macs, text: count },
  { title: "Parameters", of: (layer) => layer.parameters, text: count },
  { title: "Weights", of: (layer) => layer.weight_bytes, text: bytes },
  { title: "Bytes", of: (layer) => layer.bytes, text: bytes },
  ...(hasTimes ? [
    { title: "Time", of: (layer) => layer.time_ns ?? 0, text: time }, { title: "Share", of: (layer) => layer.share ?? 0, text: percent },
    { title: "GFLOP/s", of: (layer) => layer.gflops ?? 0, text: (number) => number.toFixed(1) }] : []),
  { title: "Storage", of: (layer) => layer.storage },
];

function drawTable() {
  let by = columns[0], descending = false;
  const cell = (column, layer) => (column.text ? html("td", { class: "number" }, column.of(layer) || column === columns[0] ? column.text(column.of(layer)) : "") : html("td", { title: column.of(layer) }, column.of(layer)));
  const rows = steps.map((layer) => html("tr", { "data-step": layer.step, onclick: () => select(layer.step) }, ...columns.map((column) => cell(column, layer))));
  const words = steps.map((layer) => [layer.operator, layer.name, layer.result, layer.origins, ...layer.nodes].join(" ").toLowerCase());
  const compare = (a, b) => (by.text ? by.of(a) - by.of(b) : by.of(a).localeCompare(by.of(b))) || a.step - b.step;
  function draw() {
    const sought = find("#table input").value.toLowerCase();
    const found = steps.filter((layer) => words[layer.step].includes(sought)).sort((a, b) => (descending ? -compare(a, b) : compare(a, b)));
    find("#table tbody").replaceChildren(...found.map((layer) => rows[layer.step]));
    find("#table thead").replaceChildren(html("tr", {}, ...columns.map(heading)));
  }
  function heading(column) {
    const sort = () => {
      descending = by === column ? !descending : Boolean(column.text) && column !== columns[0];
      by = column;
      draw();
    };
    return html("th", { class: `${column.text ? "number" : ""} ${by === column ? "sorted" : ""}`, onclick: sort }, column.title + (by !== column ? "" : descending ? " ↓" : " ↑"));
  }
  find("#table input").addEventListener("input", draw);
  draw();
  views.table = {};
}
