const $ = (id) => document.getElementById(id);
const canvas = $('board');
const context = canvas.getContext('2d');
const strokes = new Map();
const cursors = new Map();
let me, socket, colour, width = 7, current = null, waiting = [], tries = 0, people = [];

// ---- drawing ----
function paint(stroke, from = 0) {
  const { width: w, height: h } = canvas;
  const points = stroke.points;
  context.strokeStyle = context.fillStyle = stroke.colour;
  context.lineWidth = stroke.width * (w / canvas.clientWidth);
  context.lineCap = context.lineJoin = 'round';
  context.globalAlpha = 0.92;
  context.beginPath();
  if (points.length === 2) {
    context.arc(points[0] * w, points[1] * h, context.lineWidth / 2, 0, 7);
    context.fill();
    return;
  }
  const start = Math.max(0, from - 2);
  context.moveTo(points[start] * w, points[start + 1] * h);
  for (let i = start + 2; i < points.length; i += 2) context.lineTo(points[i] * w, points[i + 1] * h);
  context.stroke();
}
function repaint() {
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (const stroke of strokes.values()) if (stroke.points.length > 0) paint(stroke);
  $('empty').classList.toggle('gone', strokes.size > 0);
}
function extend(stroke, points) {
  const from = stroke.points.length;
  stroke.points.push(...points);
  paint(stroke, from);
}
new ResizeObserver(() => {
  canvas.width = canvas.clientWidth * devicePixelRatio;
  canvas.height = canvas.clientHeight * devicePixelRatio;
  repaint();
}).observe(canvas);

// ---- the wire ----
const send = (message) => socket?.readyState === WebSocket.OPEN && socket.send(JSON.stringify(message));

function connect() {
  const url = new URL('live', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  socket = new WebSocket(url);
  socket.onmessage = ({ data }) => receive(JSON.parse(data));
  socket.onclose = () => {
    current = null;
    $('state').className = '';
    $('state').textContent = 'Reconnecting…';
    setTimeout(connect, Math.min(8000, 300 * 2 ** tries++));
  };
}
const receivers = {
  welcome({ you, colours, strokes: all }) {
    me = you;
    tries = 0;
    strokes.clear();
    for (const stroke of all) strokes.set(stroke.id, stroke);
    if (!colour) choose(colours);
    repaint();
  },
  people({ people: now }) {
    people = now;
    $('state').className = 'live';
    $('state').textContent = people.length === 1 ? 'Only you' : `${people.length} people`;
    $('people').replaceChildren(
      ...people.map((person) => {
        const item = Object.assign(document.createElement('li'), { textContent: person.name[0], title: person.id === me ? `${person.name} (you)` : person.name });
        item.style.background = person.colour;
        return item;
      }),
    );
    for (const [id, element] of cursors) if (!people.some((person) => person.id === id)) cursors.delete(id) && element.remove();
  },
  cursor({ id, x, y }) {
    const person = people.find((other) => other.id === id);
    if (!person) return;
    let element = cursors.get(id);
    if (!element) {
      element = Object.assign(document.createElement('div'), { className: 'cursor' });
      const label = document.createElement('span');
      label.append(Object.assign(document.createElement('b'), { textContent: person.name }));
      element.append(label);
      element.style.color = person.colour;
      cursors.set(id, element);
      $('cursors').append(element);
    }
    element.style.left = `${x * 100}%`;
    element.style.top = `${y * 100}%`;
  },
  begin({ stroke }) {
    strokes.set(stroke.id, stroke);
    $('empty').classList.add('gone');
  },
  points({ id, points }) {
    const stroke = strokes.get(id);
    if (stroke) extend(stroke, points);
  },
  removed({ ids }) {
    for (const id of ids) strokes.delete(id);
    repaint();
  },
};
function receive(message) {
  receivers[message.type]?.(message);
}

// ---- the hand ----
const share = ({ clientX, clientY }) => {
  const box = canvas.getBoundingClientRect();
  return [(clientX - box.left) / box.width, (clientY - box.top) / box.height].map((value) => Math.round(value * 1e4) / 1e4);
};
canvas.addEventListener('pointerdown', (event) => {
  if (event.button !== 0) return;
  canvas.setPointerCapture(event.pointerId);
  const id = Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join('');
  current = { id, by: me, colour, width, points: [] };
  strokes.set(id, current);
  send({ type: 'begin', id, colour, width });
  add(share(event));
  $('empty').classList.add('gone');
});
canvas.addEventListener('pointermove', (event) => {
  if (current) for (const step of event.getCoalescedEvents?.() ?? [event]) add(share(step));
  else throttled(share(event));
});
for (const end of ['pointerup', 'pointercancel'])
  canvas.addEventListener(end, () => {
    flush();
    current = null;
  });
function add(point) {
  extend(current, point);
  waiting.push(...point);
}
function flush() {
  if (current && waiting.length > 0) {
    send({ type: 'cursor', x: waiting.at(-2), y: waiting.at(-1) });
    send({ type: 'points', id: current.id, points: waiting });
  }
  waiting = [];
}
setInterval(flush, 40);
let lastCursor = 0;
function throttled([x, y]) {
  if (performance.now() - lastCursor < 40) return;
  lastCursor = performance.now();
  send({ type: 'cursor', x, y });
}

// ---- the tray ----
function pick(group, button) {
  for (const other of group.children) other.setAttribute('aria-pressed', String(other === button));
}
function choose(colours) {
  const names = ['White', 'Yellow', 'Pink', 'Blue', 'Green', 'Violet'];
  colour = colours[0];
  colours.forEach((value, index) => {
    const button = Object.assign(document.createElement('button'), { type: 'button', title: names[index], ariaLabel: names[index] });
    const dot = document.createElement('i');
    dot.style.background = value;
    button.append(dot);
    button.onclick = () => {
      colour = value;
      pick($('colours'), button);
    };
    $('colours').append(button);
  });
  pick($('colours'), $('colours').firstChild);
}
for (const [size, name] of [[3, 'Fine'], [7, 'Medium'], [15, 'Broad']]) {
  const button = Object.assign(document.createElement('button'), { type: 'button', title: name, ariaLabel: name });
  const dot = document.createElement('i');
  dot.style.width = dot.style.height = `${size + 3}px`;
  button.append(dot);
  button.onclick = () => {
    width = size;
    pick($('widths'), button);
  };
  $('widths').append(button);
  if (size === width) pick($('widths'), button);
}
$('undo').onclick = () => send({ type: 'undo' });
$('clear').onclick = () => send({ type: 'clear' });
addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === 'z') {
    event.preventDefault();
    send({ type: 'undo' });
  }
});
connect();
