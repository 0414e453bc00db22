// The memory plan: places in the arena, upwards, against the schedule. A value lives from its step, or that of the first value that lies in it, to its last use.
function bytesAlive(owners) {
  const change = new Array(steps.length + 2).fill(0);
  for (const value of owners) {
    change[value.first_use] += value.bytes;
    change[Math.min(value.last_use, steps.length - 1) + 1] -= value.bytes;
  }
  let alive = 0;
  return steps.map((layer) => (alive += change[layer.step]));
}

/// A round number of which there are about `parts` in `whole`.
function tick(whole, parts) {
  const rough = Math.max(whole / parts, 1), power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough);
}

function axes(place, width, height) {
  const lines = [];
  for (let at = 0, step = tick(network.activation_bytes, 8); at <= network.activation_bytes; at += step)
    lines.push(svg("line", { class: "grid", x1: place.left, x2: width - place.right, y1: place.y(at), y2: place.y(at) }),
      svg("text", { class: "muted", x: place.left - 8, y: place.y(at) + 4, "text-anchor": "end" }, bytes(at)));
  for (let at = 0, step = tick(steps.length, 12); at < steps.length; at += step)
    lines.push(svg("text", { class: "muted", x: place.x(at + 0.5), y: height - 20, "text-anchor": "middle" }, String(at)));
  lines.push(svg("text", { class: "muted", x: (place.left + width - place.right) / 2, y: height - 5, "text-anchor": "middle" }, "step of the schedule"));
  return lines;
}

function rectangle(value, place) {
  const x = place.x(value.first_use), y = place.y(value.offset + value.bytes);
  const width = place.x(Math.min(value.last_use + 1, steps.length)) - x, height = Math.max(1, place.y(value.offset) - y);
  const made = [svg("rect", { class: "value", "data-step": value.step, x, y, width, height, fill: colourOf(value), onclick: () => select(value.step) },
    svg("title", {}, `${value.operator} ${value.name}\n${value.result}, ${bytes(value.bytes)} at ${exact(value.offset)}, steps ${value.first_use} to ${value.last_use}`))];
  const room = Math.floor((width - 8) / 6.4);
  if (height > 14 && room >= 5) made.push(svg("text", { class: "label", x: x + 4, y: y + height / 2 + 4 }, shortened(layerOf[value.step] === value ? value.operator : value.name, room)));
  return made;
}

function drawMemory() {
  const owners = steps.filter((layer) => layer.owner === layer.step && layer.bytes);
  const alive = bytesAlive(owners), most = Math.max(0, ...alive);
  find("#memory p").textContent = `Values of a run need ${bytes(network.activation_bytes)}. At most ${bytes(most)} are alive at once, in step ${alive.indexOf(most)} (dashed: alive in each step).`;
  const picture = find("#memory svg");
  let place = null;
  function draw() {
    const width = picture.clientWidth, height = picture.clientHeight;
    const [left, right, top, bottom] = [70, 16, 8, 38];
    place = { left, right, x: (step) => left + (step / steps.length) * (width - left - right), y: (at) => height - bottom - (at / (network.activation_bytes || 1)) * (height - top - bottom) };
    const line = alive.map((number, step) => `${step ? "L" : "M"}${place.x(step)} ${place.y(number)}H${place.x(step + 1)}`).join("");
    picture.replaceChildren(...axes(place, width, height), ...owners.flatMap((value) => rectangle(value, place)), svg("path", { class: "alive", d: line }));
    mark(selected);
  }
  function mark(step) {
    picture.querySelector(".now")?.remove();
    for (const value of picture.querySelectorAll(".value")) value.classList.toggle("chosen", step !== null && Number(value.dataset.step) === steps[step].owner);
    if (step !== null) picture.append(svg("line", { class: "now", x1: place.x(step + 0.5), x2: place.x(step + 0.5), y1: place.y(0), y2: place.y(network.activation_bytes) }));
  }
  views.memory = { shown: draw, selected: (step) => { if (isShown("memory")) mark(step); } };
}
