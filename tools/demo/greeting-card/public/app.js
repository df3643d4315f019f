const card = document.getElementById('card');
const front = document.getElementById('front');
const canvas = document.getElementById('confetti');
const context = canvas.getContext('2d');
const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
const tone = getComputedStyle(document.documentElement).getPropertyValue('--card').trim();
const COLOURS = [tone, '#ffd166', '#06a77d', '#4895ef', '#f9f7f1', '#ef476f'];
let pieces = [];
let last = 0;

function toggle() {
  const open = card.classList.toggle('open');
  front.setAttribute('aria-expanded', String(open));
  if (open && !calm) setTimeout(celebrate, 450);
}

function celebrate() {
  canvas.width = innerWidth;
  canvas.height = innerHeight;
  pieces = Array.from({ length: 140 }, () => ({
    x: innerWidth / 2, y: innerHeight * 0.45,
    vx: (Math.random() - 0.5) * 900, vy: -Math.random() * 900 - 150,
    size: 5 + Math.random() * 7, spin: Math.random() * 6, turn: (Math.random() - 0.5) * 12,
    colour: COLOURS[Math.floor(Math.random() * COLOURS.length)],
  }));
  last = performance.now();
  requestAnimationFrame(fall);
}

function fall(now) {
  const seconds = Math.min(0.05, (now - last) / 1000);
  last = now;
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (const piece of pieces) {
    piece.vy += 900 * seconds;
    piece.vx *= 1 - 1.2 * seconds;
    piece.vy *= 1 - 1.4 * seconds;
    piece.x += piece.vx * seconds;
    piece.y += piece.vy * seconds;
    piece.spin += piece.turn * seconds;
    context.save();
    context.translate(piece.x, piece.y);
    context.rotate(piece.spin);
    context.scale(1, Math.cos(piece.spin * 1.7));
    context.fillStyle = piece.colour;
    context.fillRect(-piece.size / 2, -piece.size / 3, piece.size, piece.size * 0.66);
    context.restore();
  }
  pieces = pieces.filter((piece) => piece.y < canvas.height + 20);
  if (pieces.length > 0) requestAnimationFrame(fall);
}

front.addEventListener('click', toggle);
