const MINUTE = 60_000;
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const zones = Intl.supportedValuesOf('timeZone');
const $ = (id) => document.getElementById(id);

let cities = fromHash() ?? ['America/Los_Angeles', 'America/New_York', 'Europe/London', 'Asia/Kolkata', 'Asia/Tokyo', 'Australia/Sydney'].filter((zone) => zone !== here);
/** How far the shown moment is from the real one, in milliseconds. */
let shift = 0;

const cityName = (zone) => zone.split('/').at(-1).replaceAll('_', ' ');
const narrow = matchMedia('(max-width: 52rem)');
/** What fits beside the dial: the whole name, or on a small screen initials or three letters of it. */
function label(zone) {
  const words = cityName(zone).split(' ');
  if (!narrow.matches) return cityName(zone);
  return words.length > 1 ? words.map((word) => word[0]).join('') : words[0].slice(0, 3);
}

function fromHash() {
  const listed = decodeURIComponent(location.hash.slice(1)).split(',').filter((zone) => zones.includes(zone));
  return listed.length > 0 ? listed : null;
}

/** Minutes since local midnight in `zone`, the clock face and the calendar day there. */
function localTime(zone, at) {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', weekday: 'short', day: 'numeric', hourCycle: 'h23', timeZoneName: 'shortOffset' })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return { minutes: Number(parts.hour) * 60 + Number(parts.minute), clock: `${parts.hour}:${parts.minute}`, day: `${parts.weekday} ${parts.day}`, offset: parts.timeZoneName };
}

/** Noon is at the top and time runs clockwise. */
const angle = (minutes) => ((minutes - 720) / 1440) * 2 * Math.PI - Math.PI / 2;
const at = (minutes, radius) => [Math.cos(angle(minutes)) * radius, Math.sin(angle(minutes)) * radius];

function svg(name, attributes = {}, text) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

function drawFace() {
  const [x1, y1] = at(6 * 60, 196);
  const [x2, y2] = at(18 * 60, 196);
  $('daylight').append(svg('path', { class: 'arc', d: `M${x1} ${y1} A196 196 0 0 1 ${x2} ${y2}` }));
  for (let hour = 0; hour < 24; hour++) {
    const [x, y] = at(hour * 60, 163);
    if (hour % 3 === 0) $('ticks').append(svg('text', { class: 'hour', x, y }, String(hour).padStart(2, '0')));
    else {
      const [a, b] = at(hour * 60, 168);
      const [c, d] = at(hour * 60, 174);
      $('ticks').append(svg('line', { class: 'tick', x1: a, y1: b, x2: c, y2: d }));
    }
  }
}

function drawCities(moment) {
  const placed = cities.map((zone) => ({ zone, ...localTime(zone, moment) })).sort((a, b) => a.minutes - b.minutes);
  // Cities closer than half an hour would write over each other: later ones step outwards.
  let step = 0;
  $('cities').replaceChildren(
    ...placed.map((city, index) => {
      const previous = placed[index - 1];
      step = previous && city.minutes - previous.minutes < 45 ? step + 1 : 0;
      const [x, y] = at(city.minutes, 196);
      const [lx, ly] = at(city.minutes, 222 + step * 17);
      const side = Math.abs(lx) < 40 ? 'middle' : lx > 0 ? 'start' : 'end';
      const group = svg('g', { class: 'city' });
      group.append(
        svg('line', { x1: x, y1: y, x2: lx, y2: ly }),
        svg('circle', { cx: x, cy: y, r: 6 }),
        svg('text', { x: lx + (side === 'start' ? 5 : side === 'end' ? -5 : 0), y: ly + (side === 'middle' ? Math.sign(ly) * 9 : 0), 'text-anchor': side }, label(city.zone)),
      );
      return group;
    }),
  );
}

function drawList(moment, today) {
  const list = $('list');
  list.replaceChildren(
    ...cities.map((zone) => {
      const local = localTime(zone, moment);
      const item = document.createElement('li');
      item.className = local.minutes >= 360 && local.minutes < 1080 ? 'light' : 'dark';
      const name = document.createElement('div');
      const strong = Object.assign(document.createElement('strong'), { textContent: cityName(zone) });
      const small = Object.assign(document.createElement('small'), { textContent: `${local.offset}${local.day === today ? '' : ` · ${local.day}`}` });
      name.append(strong, small);
      const time = Object.assign(document.createElement('time'), { textContent: local.clock });
      const remove = Object.assign(document.createElement('button'), { type: 'button', textContent: '×', ariaLabel: `Remove ${cityName(zone)}` });
      remove.onclick = () => change(cities.filter((other) => other !== zone));
      item.append(name, time, remove);
      return item;
    }),
  );
}

function draw() {
  const moment = new Date(Date.now() + shift);
  const local = localTime(here, moment);
  const [x, y] = at(local.minutes, 196);
  $('sun').setAttribute('transform', `translate(${x} ${y})`);
  $('sun').setAttribute('aria-valuenow', local.minutes);
  $('sun').setAttribute('aria-valuetext', local.clock);
  $('now-time').textContent = local.clock;
  $('now-place').textContent = `${cityName(here)}, ${local.day}`;
  const hours = Math.abs(shift) / (60 * MINUTE);
  $('now-shift').textContent = shift === 0 ? '' : `${hours < 1 ? `${Math.round(hours * 60)} min` : `${hours.toFixed(1)} h`} ${shift > 0 ? 'from now' : 'ago'}`;
  $('live').hidden = shift === 0;
  drawCities(moment);
  drawList(moment, local.day);
}

function change(next) {
  cities = next;
  history.replaceState(null, '', `#${cities.join(',')}`);
  draw();
}

function travel(minutes) {
  shift += minutes * MINUTE;
  if (Math.abs(shift) < MINUTE) shift = 0;
  draw();
}

$('zones').append(...zones.map((zone) => Object.assign(document.createElement('option'), { value: zone.replaceAll('_', ' ') })));
$('add').onsubmit = (event) => {
  event.preventDefault();
  const typed = $('zone').value.trim().toLowerCase().replaceAll(' ', '_');
  const found = zones.find((zone) => zone.toLowerCase() === typed) ?? zones.find((zone) => zone.toLowerCase().endsWith(`/${typed}`)) ?? zones.find((zone) => typed && zone.toLowerCase().includes(typed));
  $('add').classList.toggle('unknown', !found);
  if (!found) return;
  $('zone').value = '';
  if (!cities.includes(found)) change([...cities, found]);
};
$('live').onclick = () => {
  shift = 0;
  draw();
};

$('sun').addEventListener('pointerdown', (event) => {
  $('sun').setPointerCapture(event.pointerId);
  $('sun').onpointermove = ({ clientX, clientY }) => {
    const box = $('dial').getBoundingClientRect();
    const theta = Math.atan2(clientY - box.top - box.height / 2, clientX - box.left - box.width / 2) + Math.PI / 2;
    const pointed = Math.round(((theta / (2 * Math.PI)) * 1440 + 720 + 1440) / 5) * 5;
    const current = localTime(here, new Date(Date.now() + shift)).minutes;
    // The shorter way round: the sun may cross midnight in either direction.
    travel(((((pointed - current + 720) % 1440) + 1440) % 1440) - 720);
  };
});
$('sun').addEventListener('pointerup', () => ($('sun').onpointermove = null));
$('sun').addEventListener('keydown', (event) => {
  const step = { ArrowRight: 15, ArrowUp: 15, ArrowLeft: -15, ArrowDown: -15, PageUp: 60, PageDown: -60 }[event.key];
  if (!step) return;
  event.preventDefault();
  travel(step);
});
addEventListener('hashchange', () => {
  cities = fromHash() ?? cities;
  draw();
});

narrow.addEventListener('change', draw);
drawFace();
draw();
setInterval(draw, 5_000);
