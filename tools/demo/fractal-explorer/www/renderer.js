import { band } from './escape.js';

const ROWS = 32;

/** Renders a view in bands, coarse then fine, on as many workers as there are cores; a newer view ends an older one. */
export class Renderer {
  #job = 0;
  #queue = [];
  #idle = [];
  #total = 1;

  constructor(context, onProgress) {
    this.context = context;
    this.onProgress = onProgress;
    const count = Math.min(4, Math.max(1, navigator.hardwareConcurrency ?? 2));
    try {
      for (let i = 0; i < count; i++) {
        const worker = new Worker(new URL('worker.js', import.meta.url), { type: 'module' });
        worker.onmessage = ({ data }) => this.#done(worker, data);
        this.#idle.push(worker);
      }
    } catch {
      // A sandboxed frame of opaque origin may not start workers: the same bands are computed here between frames.
      const here = {
        postMessage: (task) => setTimeout(() => this.#done(here, { ...task, pixels: band(task.view, task.from, task.to, task.step) })),
      };
      this.#idle = [here];
    }
  }

  render(view) {
    const job = ++this.#job;
    this.#queue = [8, 2, 1].flatMap((step) => {
      const bands = [];
      for (let from = 0; from < view.height; from += ROWS) bands.push({ job, view, from, to: Math.min(from + ROWS, view.height), step });
      // From the middle outwards: that is where people look.
      return bands.sort((a, b) => Math.abs(a.from - view.height / 2) - Math.abs(b.from - view.height / 2));
    });
    this.#total = this.#queue.length;
    this.#feed();
  }

  #feed() {
    while (this.#idle.length > 0 && this.#queue.length > 0) this.#idle.pop().postMessage(this.#queue.shift());
  }

  #done(worker, { job, from, to, pixels }) {
    this.#idle.push(worker);
    if (job === this.#job) {
      const width = pixels.length / 4 / (to - from);
      this.context.putImageData(new ImageData(pixels, width, to - from), 0, from);
      this.onProgress(1 - this.#queue.length / this.#total);
    }
    this.#feed();
  }
}
