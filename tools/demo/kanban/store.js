import { EventEmitter } from 'node:events';

export const COLUMNS = ['todo', 'doing', 'done'];
const MAX_CARDS = 300;

/** A request the board cannot follow: `status` is its HTTP answer. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The cards, in order, in memory. Emits `change` after every change. */
export class Store extends EventEmitter {
  #cards = [];
  #nextId = 1;

  list() {
    return this.#cards;
  }

  create({ title, column = 'todo' }) {
    if (this.#cards.length >= MAX_CARDS) throw new Refused(409, `The board holds ${MAX_CARDS} cards`);
    const card = { id: String(this.#nextId++), title: checkedTitle(title), column: checkedColumn(column), createdAt: new Date().toISOString() };
    this.#cards.push(card);
    this.emit('change');
    return card;
  }

  /** `before`: the id of the card it is put in front of; null puts it last. */
  update(id, { title, column, before }) {
    const card = this.#find(id);
    const changed = { ...card, title: title === undefined ? card.title : checkedTitle(title), column: column === undefined ? card.column : checkedColumn(column) };
    if (column === undefined && before === undefined) this.#cards = this.#cards.map((other) => (other === card ? changed : other));
    else {
      const rest = this.#cards.filter((other) => other !== card);
      const place = before == null ? rest.length : rest.findIndex((other) => other.id === before);
      if (place < 0) throw new Refused(404, `There is no card ${before} to put it before`);
      this.#cards = rest.toSpliced(place, 0, changed);
    }
    this.emit('change');
    return changed;
  }

  remove(id) {
    const card = this.#find(id);
    this.#cards = this.#cards.filter((other) => other !== card);
    this.emit('change');
  }

  #find(id) {
    const card = this.#cards.find((other) => other.id === id);
    if (!card) throw new Refused(404, `There is no card ${id}`);
    return card;
  }
}

function checkedTitle(title) {
  if (typeof title !== 'string' || title.trim() === '' || title.length > 200) throw new Refused(400, 'title: 1 to 200 characters');
  return title.trim();
}
function checkedColumn(column) {
  if (!COLUMNS.includes(column)) throw new Refused(400, `column: one of ${COLUMNS.join(', ')}`);
  return column;
}
