// The graph: cards and the lines between them, where the generator placed them.
const drawing = network.drawing;
const [cardWidth, cardHeight] = drawing.card;
const greatestShare = Math.max(...steps.map((layer) => layer.share ?? 0));

/// What is wide for its length ends with the card.
const clipped = (...texts) => svg("svg", { width: cardWidth - 4, height: cardHeight }, ...texts);

function card(node) {
  const layer = steps[node.step];
  const small = (text, y) => svg("text", { class: "small muted", x: 14, y }, text);
  const group = svg("g", { class: "node", "data-step": node.step, onclick: () => select(node.step) },
    svg("title", {}, layer.nodes.join(" + ") || layer.name),
    svg("rect", { class: "card", width: cardWidth, height: cardHeight, rx: 7 }),
    svg("rect", { width: 5, height: cardHeight - 14, x: 4, y: 7, rx: 2.5, fill: colourOf(layer) }),
    clipped(svg("text", { class: "operator", x: 14, y: 18 }, shortened(layer.operator, hasTimes ? 16 : 24)),
      small(shortened(layer.name, 26), 33), small(shortened((layer.result ? layer : steps[layer.further[0]]).result, 30), 47)));
  if (hasTimes && layer.is_layer) {
    group.append(svg("text", { class: "small", x: cardWidth - 10, y: 18, "text-anchor": "end" }, time(layer.time_ns)));
    group.append(svg("rect", { x: 14, y: cardHeight - 7, height: 3, rx: 1.5, width: (cardWidth - 24) * layer.share / (greatestShare || 1), fill: "#e5484d" }));
  }
  return group;
}

/// Inputs, states, outputs: what the network shares with its caller.
function pill(kind, name, step) {
  return svg("g", { class: "node", ...(step === undefined ? {} : { "data-step": step, onclick: () => select(step) }) },
    svg("title", {}, name), svg("rect", { class: "card", y: 10, width: cardWidth, height: cardHeight - 20, rx: (cardHeight - 20) / 2 }),
    clipped(svg("text", { class: "small muted", x: cardWidth / 2, y: 26, "text-anchor": "middle" }, kind),
      svg("text", { x: cardWidth / 2, y: 41, "text-anchor": "middle" }, shortened(name, 22))));
}

function place(node) {
  const made = node.step === undefined ? pill(node.kind, node.text)
    : steps[node.step].is_layer ? card(node) : pill(steps[node.step].operator, steps[node.step].name, node.step);
  made.setAttribute("transform", `translate(${node.at[0] - cardWidth / 2} ${node.at[1] - cardHeight / 2})`);
  return made;
}

const margin = (node) => (node.step !== undefined && steps[node.step].is_layer ? 0 : 10);

/// Curves between rows; straight past the cards of a row.
function path(line) {
  const half = cardHeight / 2, last = line.points.length - 1;
  let [x, y] = line.points[0];
  y += half - margin(drawing.nodes[line.from]);
  let text = `M${x} ${y}`;
  line.points.slice(1).forEach(([nextX, nextY], k) => {
    const end = nextY - half + (k + 1 === last ? margin(drawing.nodes[line.to]) : 0);
    const middle = (y + end) / 2;
    if (k + 1 === last) text += `C${x} ${middle} ${nextX} ${middle} ${nextX} ${end}`;
    else if (Math.abs(nextX - x) < 14) text += `L${nextX} ${nextY + half}`;  // between cards there is room for as much
    else text += `C${x} ${middle} ${nextX} ${middle} ${nextX} ${end}V${nextY + half}`;
    [x, y] = [nextX, nextY + half];
  });
  return svg("path", { d: text });
}

function drawGraph() {
  const lines = drawing.lines.map(path);
  find("#drawing > g").append(...lines, ...drawing.nodes.map(place));
  const places = new Map(drawing.nodes.map((node) => [node.step, node.at]));
  const view = new View();
  let awaited = null;  // selected while the graph was not shown
  views.graph = {
    shown() {
      view.shown();
      if (awaited) view.ensureSeen(awaited);
      awaited = null;
    },
    selected(step) {
      drawing.lines.forEach((line, k) => lines[k].classList.toggle("chosen", [line.from, line.to].some((end) => drawing.nodes[end].step === step)));
      const place = places.get(layerOf[step].step);
      if (isShown("graph")) view.ensureSeen(place);
      else awaited = place;
    },
  };
}
