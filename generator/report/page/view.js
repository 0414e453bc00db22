// Which part of the graph is seen: drag to move, wheel to zoom.
class View {
  constructor() {
    this.frame = find("#drawing");
    this.content = find("#drawing > g");
    // The point of the drawing in the corner; pixels of the screen for one of the drawing, 0 until it is shown.
    Object.assign(this, { x: 0, y: 0, scale: 0 });
    this.overview = new Overview((x, y) => this.lookAt([x, y]));
    this.listen();
  }

  get width() { return this.frame.clientWidth; }
  get height() { return this.frame.clientHeight; }
  get fitting() { return Math.min(1.2, (this.width - 40) / drawing.width, (this.height - 40) / drawing.height); }

  apply() {
    this.content.setAttribute("transform", `scale(${this.scale}) translate(${-this.x} ${-this.y})`);
    this.overview.mark({ x: this.x, y: this.y, width: this.width / this.scale, height: this.height / this.scale });
  }

  lookAt([x, y], scale = this.scale) {
    Object.assign(this, { x: x - this.width / scale / 2, y: y - this.height / scale / 2, scale });
    this.apply();
  }

  /// Leaves the view as it is where the card at this point is seen.
  ensureSeen([x, y]) {
    const [dx, dy] = [x - this.x, y - this.y], [right, bottom] = [this.width / this.scale, this.height / this.scale];
    const isSeen = dx > cardWidth / 2 && dx < right - cardWidth / 2 && dy > cardHeight && dy < bottom - cardHeight;
    if (!isSeen) this.lookAt([x, y]);
  }

  fit() { this.lookAt([drawing.width / 2, drawing.height / 2], this.fitting); }

  /// All of a small graph; the beginning of a large one.
  begin() {
    if (this.fitting > 0.75) return this.fit();
    const [x, y] = drawing.nodes[0].at;
    this.lookAt([x, y - cardHeight + this.height / 1.7], 0.85);
  }

  shown() { return this.scale ? this.apply() : this.begin(); }

  /// The point of the screen stays where it is.
  zoom(factor, x, y) {
    const scale = Math.min(4, Math.max(Math.min(this.fitting, 0.05), this.scale * factor));
    Object.assign(this, { x: this.x + x / this.scale - x / scale, y: this.y + y / this.scale - y / scale, scale });
    this.apply();
  }

  listen() {
    let last = null;
    this.frame.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)), event.offsetX, event.offsetY);
    }, { passive: false });
    this.frame.addEventListener("pointerdown", (event) => { last = event; });
    window.addEventListener("pointerup", () => { last = null; });
    window.addEventListener("pointermove", (event) => {
      if (!last) return;
      this.x -= (event.clientX - last.clientX) / this.scale;
      this.y -= (event.clientY - last.clientY) / this.scale;
      last = event;
      this.apply();
    });
    for (const button of document.querySelectorAll("[data-zoom]"))
      button.addEventListener("click", () => (button.dataset.zoom === "fit" ? this.fit() : this.zoom(Number(button.dataset.zoom), this.width / 2, this.height / 2)));
  }
}
