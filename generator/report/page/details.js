// Everything about one step.
const linkTo = (step) => html("button", { class: "link", onclick: () => select(step) }, `${step}  ${steps[step].operator}  ${shortened(steps[step].name, 36)}`);

function list(title, items) {
  return items.length ? [html("h3", {}, title), html("ul", {}, ...items.map((item) => html("li", {}, item)))] : [];
}

function operandText(operand) {
  if (!operand) return "absent";
  if (operand.step !== undefined) return linkTo(operand.step);
  return html("span", {}, html("span", { class: "name" }, operand.constant || "constant"), ` ${operand.type}, ${bytes(operand.bytes)}`);
}

function facts(layer) {
  const all = layer.result ? [["Result", html("code", {}, layer.result)], ["Storage", layer.storage]] : [];
  if (layer.origins) all.unshift(["Origin", layer.origins]);
  if (layer.bytes) {
    all.push(["Memory", `${bytes(layer.bytes)} at ${exact(layer.offset)}`]);
    all.push(["Needed", layer.last_use >= steps.length ? "to the end" : `until step ${layer.last_use}`]);
  }
  if (layer.owner !== layer.step) all.push(["Shares with", linkTo(layer.owner)]);
  if (layer.macs) all.push(["MACs", exact(layer.macs)]);
  if (layer.parameters) all.push(["Parameters", `${exact(layer.parameters)} in ${bytes(layer.weight_bytes)}`]);
  if (layer.time_ns !== undefined) all.push(["Time", `${time(layer.time_ns)}, ${percent(layer.share)}`]);
  if (layer.gflops) all.push(["Rate", rate(layer.gflops)]);
  return all;
}

function showDetails(layer) {
  const attributes = layer.attributes.flatMap(([name, text]) => [html("dt", {}, name), html("dd", {}, html("code", {}, text.replaceAll("cameo::", "")))]);
  find("#details").replaceChildren(
    html("h2", {}, html("span", { class: "swatch", colour: colourOf(layer) }), layer.operator),
    html("div", { class: "name" }, layer.name), html("div", {}, `step ${layer.step}`),
    html("dl", {}, ...facts(layer).flatMap(([name, value]) => [html("dt", {}, name), html("dd", {}, value)])),
    ...(attributes.length ? [html("h3", {}, "Attributes"), html("dl", {}, ...attributes)] : []),
    ...list("Nodes", layer.nodes.map((name) => html("span", { class: "name" }, name || "(no name)"))),
    ...list("Operands", layer.operands.map(operandText)),
    ...list("Further results", layer.further.map(linkTo)),
    ...list("Result of", layerOf[layer.step] === layer ? [] : [linkTo(layerOf[layer.step].step)]),
    ...list("Read by", readers[layer.step].map(linkTo)));
}
