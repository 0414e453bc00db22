// One quantity of every layer that has it, as bars.
const quantities = [
  { title: "Weight bytes", of: (layer) => layer.weight_bytes, text: bytes },
  { title: "Parameters", of: (layer) => layer.parameters, text: exact },
  { title: "MACs", of: (layer) => layer.macs, text: count },
  { title: "Result bytes", of: (layer) => layer.bytes, text: bytes },
  ...(hasTimes ? [{ title: "Time", of: (layer) => layer.time_ns, text: time }, { title: "GFLOP/s", of: (layer) => layer.gflops, text: rate }] : []),
];

function drawBars() {
  let quantity = quantities[0], sorted = false;
  function draw() {
    const layers = steps.filter((layer) => layer.is_layer && quantity.of(layer) > 0);
    const greatest = Math.max(...layers.map(quantity.of));
    if (sorted) layers.sort((a, b) => quantity.of(b) - quantity.of(a));
    const row = (layer) => {
      const bar = html("div", { class: "fill", colour: colourOf(layer) });
      bar.style.width = `${(100 * quantity.of(layer)) / greatest}%`;
      return html("div", { class: "bar", "data-step": layer.step, title: layer.name, onclick: () => select(layer.step) }, html("span", { class: "number" }, String(layer.step)),
        html("span", {}, `${layer.operator}  ${shortened(layer.name, 24)}`), bar, html("span", { class: "number" }, quantity.text(quantity.of(layer))));
    };
    find("#bars .rows").replaceChildren(...(layers.length ? layers.map(row) : [html("p", {}, "No layer has any.")]));
    find("#bars .choices").replaceChildren(...quantities.map((q) => choice(q.title, q === quantity, () => { quantity = q; })), html("span", { class: "gap" }),
      choice("In order", !sorted, () => { sorted = false; }), choice("Greatest first", sorted, () => { sorted = true; }));
    if (selected !== null) find(`#bars [data-step="${selected}"]`)?.classList.add("chosen");
  }
  const choice = (title, isChosen, choose) => html("button", { class: isChosen ? "chosen" : "", onclick: () => { choose(); draw(); } }, title);
  views.bars = { shown: draw };
}
