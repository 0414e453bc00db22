// The network, and numbers as people read them.
const network = JSON.parse(document.getElementById("data").textContent);
const steps = network.layers;
const hasTimes = network.network_ns !== undefined;

const readers = steps.map(() => []);
for (const layer of steps)
  for (const operand of layer.operands)
    if (operand && operand.step !== undefined && !readers[operand.step].includes(layer.step)) readers[operand.step].push(layer.step);

/// The layer of a further result; itself otherwise.
const layerOf = steps.slice();
for (const layer of steps) for (const further of layer.further) layerOf[further] = layer;

/// The most frequent operators have colours of their own.
const palette = ["#4269d0", "#efb118", "#ff725c", "#6cc5b0", "#3ca951", "#a463f2", "#ff8ab7", "#9c6b4e", "#97bbf5"];
const colours = new Map();
{
  const counts = new Map();
  for (const layer of steps) if (layer.is_layer) counts.set(layer.operator, (counts.get(layer.operator) ?? 0) + 1);
  [...counts].sort((a, b) => b[1] - a[1]).slice(0, palette.length).forEach(([operator], k) => colours.set(operator, palette[k]));
}
const colourOf = (layer) => colours.get(layerOf[layer.step].operator) ?? "#9498a0";

function scaled(number, units, base) {
  let k = 0;
  for (; Math.abs(number) >= base && k + 1 < units.length; ++k) number /= base;
  return Number(number.toPrecision(3)) + units[k];
}
const count = (number) => scaled(number, ["", " k", " M", " G", " T"], 1000);
const bytes = (number) => scaled(number, [" B", " kB", " MB", " GB"], 1000);
const time = (nanoseconds) => scaled(nanoseconds, [" ns", " µs", " ms", " s"], 1000);
const percent = (share) => (100 * share).toFixed(1) + " %";
const rate = (gflops) => gflops.toFixed(1) + " GFLOP/s";
const exact = (number) => number.toLocaleString("en");

/// The end of a name tells more than its beginning.
const shortened = (name, length) => (name.length <= length ? name : "…" + name.slice(1 - length));
