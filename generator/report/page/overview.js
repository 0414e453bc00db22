// The whole graph, small, with a frame around what is seen. A click looks there.
class Overview {
  constructor(look) {
    this.scale = Math.min(0.08, 110 / drawing.width, 400 / drawing.height);
    this.window = svg("rect", { class: "window" });
    this.picture = fill(find("#overview"), {
      width: Math.max(30, drawing.width * this.scale) + 8, height: drawing.height * this.scale + 8,
      onclick: (event) => look((event.offsetX - 4) / this.scale, (event.offsetY - 4) / this.scale),
    }, [svg("g", { transform: "translate(4 4)" }, ...drawing.nodes.map((node) => this.spot(node)), this.window)]);
  }

  spot(node) {
    const [width, height] = [Math.max(1.5, cardWidth * this.scale), Math.max(1, cardHeight * this.scale)];
    const [x, y] = node.at.map((place) => place * this.scale);
    return svg("rect", { x: x - width / 2, y: y - height / 2, width, height, fill: node.step === undefined ? "#9498a0" : colourOf(steps[node.step]) });
  }

  mark(seen) {
    for (const [name, value] of Object.entries(seen)) this.window.setAttribute(name, value * this.scale);
    this.picture.style.display = seen.width < drawing.width || seen.height < drawing.height ? "" : "none";
  }
}
