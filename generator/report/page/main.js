document.title = `${network.model} – cameo`;
find("h1").textContent = network.model;
const layerCount = steps.filter((layer) => layer.is_layer).length;
const figures = [["Layers", exact(layerCount)], ["MACs", count(network.macs)], ["Parameters", count(network.parameters)], ["Weights", bytes(network.weight_bytes)],
  ["Activations", bytes(network.activation_bytes)], ...(hasTimes ? [["Time", time(network.network_ns)], ["Rate", rate(network.gflops)]] : []),
  ["Opset", String(network.opset)], ["SHA-256", network.digest.slice(0, 12)]];
find("#figures").append(...figures.map(([name, value]) => html("div", {}, html("dt", {}, name), html("dd", {}, value))));

drawGraph();
drawMemory();
drawBars();
drawTable();
for (const button of document.querySelectorAll("[data-view]")) button.addEventListener("click", () => { location.hash = button.dataset.view; });
const showHash = () => show(views[location.hash.slice(1)] ? location.hash.slice(1) : "graph");
window.addEventListener("hashchange", showHash);
window.addEventListener("resize", showHash);
showHash();
const firstLayer = steps.find((layer) => layer.is_layer);
if (firstLayer) select(firstLayer.step);
