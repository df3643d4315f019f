const $ = (id) => document.getElementById(id);
const SHOWN = 240;
const samples = [];
const MB = 1024 * 1024;
const gauges = [
  { id: 'cpu', title: 'Processor', unit: '% of one core', of: (s) => s.cpu, floor: 10, digits: 1 },
  { id: 'memory', title: 'Memory', unit: 'MB resident', of: (s) => s.rss / MB, floor: 20, digits: 1 },
  { id: 'delay', title: 'Event loop delay, 99th percentile', unit: 'ms', of: (s) => s.delay, floor: 5, digits: 1 },
  { id: 'requests', title: 'Requests', unit: 'per second', of: (s) => s.requests, floor: 5, digits: 1 },
];

for (const gauge of gauges) {
  const card = $('gauge').content.firstElementChild.cloneNode(true);
  card.className = gauge.id;
  card.querySelector('h2').textContent = gauge.title;
  card.querySelector('.value span').textContent = gauge.unit;
  gauge.value = card.querySelector('b');
  gauge.value.textContent = '–';
  gauge.canvas = card.querySelector('canvas');
  gauge.canvas.setAttribute('aria-label', `${gauge.title} over the last two minutes`);
  [gauge.low, gauge.high] = card.querySelectorAll('.range span');
  $('gauges').append(card);
  new ResizeObserver(() => draw(gauge)).observe(gauge.canvas);
}

function draw(gauge) {
  const { canvas } = gauge;
  const ratio = devicePixelRatio;
  const [w, h] = [canvas.clientWidth, canvas.clientHeight];
  canvas.width = w * ratio;
  canvas.height = h * ratio;
  if (samples.length === 0) return;
  const values = samples.map(gauge.of);
  const top = Math.max(gauge.floor, ...values) * 1.15;
  const context = canvas.getContext('2d');
  const tone = getComputedStyle(canvas).getPropertyValue('--tone').trim();
  context.scale(ratio, ratio);
  const x = (index) => w - (values.length - 1 - index) * (w / (SHOWN - 1)) - 5;
  const y = (value) => h - 3 - (value / top) * (h - 10);
  context.beginPath();
  values.forEach((value, index) => context.lineTo(x(index), y(value)));
  context.strokeStyle = tone;
  context.lineWidth = 2;
  context.lineJoin = 'round';
  context.stroke();
  context.lineTo(x(values.length - 1), h);
  context.lineTo(x(0), h);
  const fill = context.createLinearGradient(0, 0, 0, h);
  fill.addColorStop(0, `${tone}55`);
  fill.addColorStop(1, `${tone}00`);
  context.fillStyle = fill;
  context.fill();
  context.beginPath();
  context.arc(x(values.length - 1), y(values.at(-1)), 4, 0, 7);
  context.fillStyle = tone;
  context.fill();
  gauge.value.textContent = values.at(-1).toFixed(gauge.digits);
  gauge.low.textContent = `lowest ${Math.min(...values).toFixed(1)}`;
  gauge.high.textContent = `highest ${Math.max(...values).toFixed(1)}`;
}

let asked = false;
const source = new EventSource('stream');
source.onmessage = ({ data }) => {
  const sample = JSON.parse(data);
  // A new process counts from one again: its curve starts afresh.
  if (samples.length > 0 && sample.id <= samples.at(-1).id) samples.length = 0;
  samples.push(sample);
  if (samples.length > SHOWN) samples.shift();
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    gauges.forEach(draw);
    $('viewers').textContent = sample.viewers === 1 ? 'Only you are watching' : `${sample.viewers} are watching`;
    $('beat').classList.remove('on');
    void $('beat').offsetWidth; // restarts the animation
    $('beat').classList.add('on');
  });
};
source.onopen = () => ($('state').textContent = 'Live, two samples a second');
source.onerror = () => ($('state').textContent = 'Reconnecting; nothing will be missed');

$('sweat').onclick = async () => {
  $('sweat').disabled = true;
  $('sweat').textContent = 'Sweating…';
  await fetch('sweat', { method: 'POST' }).catch(() => null);
  $('sweat').disabled = false;
  $('sweat').textContent = 'Make it sweat';
};
$('ping').onclick = () => Promise.allSettled(Array.from({ length: 50 }, () => fetch('ping', { cache: 'no-store' })));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => gauges.forEach(draw));
