import { canMove, decode, encode, highest, SIZE, slide, spawn } from './game.js';

const $ = (id) => document.getElementById(id);
const elements = new Map();
let game, past, best = 0;

// Inside a sandboxed frame there may be no storage: the game goes on without it.
const storage = (use) => {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
};

function place(element, index) {
  element.classList.remove(...['x0', 'x1', 'x2', 'x3', 'y0', 'y1', 'y2', 'y3']);
  element.classList.add(`x${index % SIZE}`, `y${Math.floor(index / SIZE)}`);
}

function show(swallowed = []) {
  const merging = swallowed.length > 0;
  for (const { tile, place: index } of swallowed) {
    const element = elements.get(tile.id);
    elements.delete(tile.id);
    if (!element) continue;
    place(element, index);
    setTimeout(() => element.remove(), 140);
  }
  const present = new Set();
  game.grid.forEach((tile, index) => {
    if (!tile) return;
    present.add(tile.id);
    let element = elements.get(tile.id);
    if (!element) {
      element = document.createElement('div');
      const born = merging && swallowed.some((eaten) => eaten.place === index) ? 'merged' : 'fresh';
      element.className = `tile v${Math.min(tile.value, 2048)} digits${String(tile.value).length} ${born}`;
      element.textContent = tile.value;
      elements.set(tile.id, element);
      $('tiles').append(element);
    }
    place(element, index);
  });
  for (const [id, element] of elements) {
    if (present.has(id)) continue;
    element.remove();
    elements.delete(id);
  }
  best = Math.max(best, game.score);
  storage((store) => store.setItem('tiles.best', best));
  $('score').textContent = game.score;
  $('best').textContent = best;
  $('undo').disabled = past.length === 0;
  const stuck = !canMove(game.grid);
  $('over').hidden = !stuck;
  $('verdict').textContent = highest(game.grid) >= 2048 ? 'Magnificent.' : `${highest(game.grid)}. So close.`;
  history.replaceState(null, '', `#${encode(game)}`);
}

function move(direction) {
  const result = slide(game.grid, direction);
  if (!result.moved) return;
  past.push(game);
  if (past.length > 50) past.shift();
  game = { grid: spawn(result.grid), score: game.score + result.gained };
  show(result.swallowed);
  $('said').textContent = `Score ${game.score}, highest tile ${highest(game.grid)}${canMove(game.grid) ? '' : ', no move left'}`;
}

function begin(from) {
  game = from ?? { grid: spawn(spawn(Array(SIZE * SIZE).fill(null))), score: 0 };
  past = [];
  show();
}

function undo() {
  if (past.length === 0) return;
  game = past.pop();
  show();
}

const KEYS = { ArrowLeft: 'left', a: 'left', ArrowRight: 'right', d: 'right', ArrowUp: 'up', w: 'up', ArrowDown: 'down', s: 'down' };
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const direction = KEYS[event.key];
  if (direction) move(direction);
  else if (event.key === 'u') undo();
  else if (event.key === 'n') begin();
  else return;
  event.preventDefault();
});

let grip = null;
$('board').addEventListener('pointerdown', (event) => {
  grip = [event.clientX, event.clientY];
  if (!event.target.closest('button')) $('board').setPointerCapture(event.pointerId);
});
$('board').addEventListener('pointerup', (event) => {
  if (!grip) return;
  const [dx, dy] = [event.clientX - grip[0], event.clientY - grip[1]];
  grip = null;
  if (Math.max(Math.abs(dx), Math.abs(dy)) < 20) return;
  move(Math.abs(dx) > Math.abs(dy) ? (dx > 0 ? 'right' : 'left') : dy > 0 ? 'down' : 'up');
});
$('undo').onclick = undo;
$('new').onclick = () => begin();
$('again').onclick = () => begin();

for (let index = 0; index < SIZE * SIZE; index++) {
  const cell = document.createElement('i');
  place(cell, index);
  $('cells').append(cell);
}
best = Number(storage((store) => store.getItem('tiles.best'))) || 0;
begin(decode(location.hash.slice(1)));
