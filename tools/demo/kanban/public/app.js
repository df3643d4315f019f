const $ = (id) => document.getElementById(id);
const columns = [...document.querySelectorAll('section')].map((section) => ({
  name: section.dataset.column,
  list: section.querySelector('ol'),
  count: section.querySelector('h2 span'),
  form: section.querySelector('form'),
}));
let cards = [];
let dragged = null;
let editing = false;

async function call(method, path, body) {
  const response = await fetch(`api/${path}`, { method, headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
  if (!response.ok) $('state').textContent = (await response.json()).error;
}
const move = (id, column, before) => call('PATCH', `cards/${id}`, { column, before });

function edit(text, card) {
  if (editing) return;
  editing = true;
  text.contentEditable = 'plaintext-only';
  text.focus();
  getSelection().selectAllChildren(text);
  const finish = async (keep) => {
    if (!editing) return;
    editing = false;
    text.contentEditable = 'false';
    const title = text.textContent.trim();
    if (keep && title && title !== card.title) await call('PATCH', `cards/${card.id}`, { title });
    render(card.id);
  };
  text.onblur = () => finish(true);
  text.onkeydown = (event) => {
    event.stopPropagation();
    if (event.key === 'Enter') event.preventDefault();
    if (event.key === 'Enter' || event.key === 'Escape') finish(event.key === 'Enter');
  };
}

/** The arrow keys move the card itself: across columns, and up or down within one. */
function keys(event, card) {
  const at = columns.findIndex(({ name }) => name === card.column);
  const mates = cards.filter(({ column }) => column === card.column);
  const place = mates.indexOf(card);
  const act = {
    ArrowRight: () => columns[at + 1] && move(card.id, columns[at + 1].name, null),
    ArrowLeft: () => columns[at - 1] && move(card.id, columns[at - 1].name, null),
    ArrowUp: () => place > 0 && move(card.id, card.column, mates[place - 1].id),
    ArrowDown: () => place < mates.length - 1 && move(card.id, card.column, mates[place + 2]?.id ?? null),
    Delete: () => call('DELETE', `cards/${card.id}`),
    Enter: () => edit(event.currentTarget.querySelector('span'), card),
  }[event.key];
  if (!act || event.target !== event.currentTarget) return;
  event.preventDefault();
  act();
}

function element(card) {
  const item = document.createElement('li');
  item.dataset.id = card.id;
  item.tabIndex = 0;
  item.draggable = true;
  const text = Object.assign(document.createElement('span'), { textContent: card.title });
  text.onclick = () => edit(text, card);
  const remove = Object.assign(document.createElement('button'), { type: 'button', textContent: '×', ariaLabel: `Remove ${card.title}` });
  remove.onclick = () => call('DELETE', `cards/${card.id}`);
  item.append(text, remove);
  item.onkeydown = (event) => keys(event, card);
  item.ondragstart = (event) => {
    dragged = card.id;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', card.title);
    setTimeout(() => item.classList.add('dragging'));
  };
  item.ondragend = () => {
    dragged = null;
    render();
  };
  return item;
}

function render(focus = document.activeElement?.dataset?.id) {
  if (editing) return; // what is being typed is not taken away; the next change draws it
  for (const { name, list, count } of columns) {
    const mine = cards.filter(({ column }) => column === name);
    list.replaceChildren(...mine.map(element));
    count.textContent = mine.length;
  }
  const done = cards.filter(({ column }) => column === 'done').length;
  $('progress').textContent = cards.length === 0 ? 'Nothing to do. Enjoy it.' : `${done} of ${cards.length} done`;
  document.querySelector(`li[data-id="${CSS.escape(focus ?? '')}"]`)?.focus();
}

/** The card that a drop at this height comes before, or nothing at the end. */
const under = (list, y) => [...list.children].find((item) => item.dataset.id !== dragged && y < item.getBoundingClientRect().top + item.offsetHeight / 2);

for (const { name, list, form } of columns) {
  const section = list.parentElement;
  const clear = () => {
    list.classList.remove('over');
    for (const item of list.children) item.classList.remove('before');
  };
  section.ondragover = (event) => {
    if (!dragged) return;
    event.preventDefault();
    clear();
    const next = under(list, event.clientY);
    if (next) next.classList.add('before');
    else list.classList.add('over');
  };
  section.ondragleave = clear;
  section.ondrop = (event) => {
    event.preventDefault();
    clear();
    if (dragged) move(dragged, name, under(list, event.clientY)?.dataset.id ?? null);
  };
  form.onsubmit = async (event) => {
    event.preventDefault();
    const input = form.querySelector('input');
    const title = input.value.trim();
    if (!title) return;
    input.value = '';
    await call('POST', 'cards', { title, column: name });
  };
}

const source = new EventSource('api/stream');
source.onmessage = ({ data }) => {
  cards = JSON.parse(data);
  if (!dragged) render();
};
source.onopen = () => ($('state').textContent = '');
source.onerror = () => ($('state').textContent = 'Reconnecting…');
