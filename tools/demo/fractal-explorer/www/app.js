import { colours, PALETTES } from './escape.js';
import { Renderer } from './renderer.js';

const $ = (id) => document.getElementById(id);
const canvas = $('view');
const context = canvas.getContext('2d', { alpha: false });
const HOME = { x: -0.65, y: 0, span: 3.4, palette: 'dusk', julia: null };
/** Corners of the set that reward a visit: centre, and the width of the view. */
const SIGHTS = [
  { x: -0.743643887037151, y: 0.13182590420533, span: 0.00012 },
  { x: -0.7453, y: 0.1127, span: 0.0065 },
  { x: 0.2925755, y: -0.0149977, span: 0.006 },
  { x: -1.25066, y: 0.02012, span: 0.00034 },
  { x: -0.1011, y: 0.9563, span: 0.01 },
  { x: -0.8, y: 0.16, span: 0, julia: [-0.8, 0.156] },
  { x: 0, y: 0, span: 0, julia: [-0.4, 0.6] },
  { x: 0, y: 0, span: 0, julia: [0.285, 0.01] },
];
let view = fromHash() ?? { ...HOME };
let pointer = [0, 0];
let before = null;

const renderer = new Renderer(context, (share) => {
  $('progress').style.transform = `scaleX(${share})`;
  $('progress').classList.toggle('done', share >= 1);
});

function fromHash() {
  const at = new URLSearchParams(location.hash.slice(1));
  const [x, y, span] = ['x', 'y', 'w'].map((key) => Number.parseFloat(at.get(key)));
  if (![x, y, span].every(Number.isFinite) || span <= 0) return null;
  const julia = at.get('j')?.split('_').map(Number);
  return { x, y, span, palette: at.get('p') in PALETTES ? at.get('p') : HOME.palette, julia: julia?.length === 2 && julia.every(Number.isFinite) ? julia : null };
}

const scale = () => view.span / Math.min(canvas.width, canvas.height * 1.3);
const pointAt = (px, py) => {
  const ratio = canvas.width / canvas.clientWidth;
  return [view.x + (px * ratio - canvas.width / 2) * scale(), view.y + (py * ratio - canvas.height / 2) * scale()];
};

function draw() {
  const zoom = HOME.span / view.span;
  renderer.render({
    x: view.x, y: view.y, scale: scale(), width: canvas.width, height: canvas.height, julia: view.julia, palette: view.palette,
    limit: Math.min(6000, Math.round(220 + 160 * Math.log2(1 + zoom))),
  });
  $('place').textContent = `${view.x.toFixed(6)} ${view.y < 0 ? '−' : '+'} ${Math.abs(view.y).toFixed(6)}i   ×${zoom < 1000 ? zoom.toFixed(1) : zoom.toExponential(1)}`;
  $('julia').setAttribute('aria-pressed', String(view.julia !== null));
  for (const button of $('palettes').children) button.setAttribute('aria-pressed', String(button.dataset.name === view.palette));
  const hash = new URLSearchParams({ x: view.x, y: view.y, w: view.span, p: view.palette, ...(view.julia && { j: view.julia.join('_') }) });
  clearTimeout(draw.later);
  // Browsers throttle history: the address follows once the view rests.
  draw.later = setTimeout(() => history.replaceState(null, '', `#${hash}`), 250);
}

let asked = false;
function redraw() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    draw();
  });
}

function zoom(factor, px = canvas.clientWidth / 2, py = canvas.clientHeight / 2) {
  const [x, y] = pointAt(px, py);
  const span = Math.min(8, Math.max(2e-13, view.span * factor));
  const used = span / view.span;
  view = { ...view, span, x: x + (view.x - x) * used, y: y + (view.y - y) * used };
  redraw();
}
function pan(dx, dy) {
  const ratio = (canvas.width / canvas.clientWidth) * scale();
  view = { ...view, x: view.x - dx * ratio, y: view.y - dy * ratio };
  redraw();
}
function toggleJulia() {
  if (view.julia) view = before ?? { ...HOME, palette: view.palette };
  else {
    before = view;
    const moved = pointer[0] || pointer[1];
    view = { ...view, x: 0, y: 0, span: HOME.span, julia: moved ? pointAt(...pointer) : [-0.8, 0.156] };
  }
  redraw();
}
function wander() {
  const names = Object.keys(PALETTES);
  const sight = SIGHTS[Math.floor(Math.random() * SIGHTS.length)];
  view = { ...HOME, ...sight, x: sight.julia ? 0 : sight.x, y: sight.julia ? 0 : sight.y, span: sight.span || HOME.span, palette: names[Math.floor(Math.random() * names.length)] };
  redraw();
}

const fingers = new Map();
canvas.addEventListener('pointerdown', (event) => {
  canvas.setPointerCapture(event.pointerId);
  canvas.classList.add('dragging');
  fingers.set(event.pointerId, [event.clientX, event.clientY]);
});
canvas.addEventListener('pointermove', (event) => {
  pointer = [event.clientX, event.clientY];
  const last = fingers.get(event.pointerId);
  if (!last) return;
  const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
  if (other) zoom(Math.hypot(last[0] - other[0], last[1] - other[1]) / (Math.hypot(event.clientX - other[0], event.clientY - other[1]) || 1), (event.clientX + other[0]) / 2, (event.clientY + other[1]) / 2);
  else pan(event.clientX - last[0], event.clientY - last[1]);
  fingers.set(event.pointerId, [event.clientX, event.clientY]);
});
for (const end of ['pointerup', 'pointercancel'])
  canvas.addEventListener(end, (event) => {
    fingers.delete(event.pointerId);
    canvas.classList.toggle('dragging', fingers.size > 0);
  });
canvas.addEventListener('wheel', (event) => {
  event.preventDefault();
  zoom(Math.exp(Math.sign(event.deltaY) * Math.min(Math.abs(event.deltaY), 100) * 0.0022), event.clientX, event.clientY);
}, { passive: false });
canvas.addEventListener('dblclick', (event) => zoom(0.35, event.clientX, event.clientY));
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = {
    ArrowLeft: () => pan(60, 0), ArrowRight: () => pan(-60, 0), ArrowUp: () => pan(0, 60), ArrowDown: () => pan(0, -60),
    '+': () => zoom(0.7), '=': () => zoom(0.7), '-': () => zoom(1 / 0.7), j: toggleJulia, w: wander,
  }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
$('in').onclick = () => zoom(0.6);
$('out').onclick = () => zoom(1 / 0.6);
$('julia').onclick = toggleJulia;
$('wander').onclick = wander;
$('home').onclick = () => {
  view = { ...HOME, palette: view.palette };
  redraw();
};
$('save').onclick = () =>
  canvas.toBlob((blob) => {
    const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: 'fractal.png' });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });

for (const name of Object.keys(PALETTES)) {
  const button = Object.assign(document.createElement('button'), { type: 'button', title: name, ariaLabel: `Palette ${name}` });
  button.dataset.name = name;
  const swatch = Object.assign(document.createElement('canvas'), { width: 32, height: 1 });
  const lut = colours(name);
  const pixels = new Uint8ClampedArray(Array.from({ length: 32 }, (_, i) => [...lut.slice(i * 96, i * 96 + 3), 255]).flat());
  swatch.getContext('2d').putImageData(new ImageData(pixels, 32, 1), 0, 0);
  button.append(swatch);
  button.onclick = () => {
    view = { ...view, palette: name };
    redraw();
  };
  $('palettes').append(button);
}
addEventListener('hashchange', () => {
  view = fromHash() ?? view;
  redraw();
});
new ResizeObserver(() => {
  // More than two device pixels per pixel is not seen, only computed.
  const ratio = Math.min(devicePixelRatio, 2);
  canvas.width = Math.round(canvas.clientWidth * ratio);
  canvas.height = Math.round(canvas.clientHeight * ratio);
  redraw();
}).observe(canvas);
