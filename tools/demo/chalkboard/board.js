const MAX_STROKES = 2000;
const MAX_POINTS = 4000;
const NAMES = ['Otter', 'Heron', 'Fox', 'Wren', 'Badger', 'Hare', 'Owl', 'Newt', 'Lynx', 'Robin', 'Marten', 'Seal', 'Swift', 'Toad', 'Stoat', 'Crane'];
export const COLOURS = ['#fff7e0', '#ffd166', '#ff8fa3', '#8ecae6', '#95d5b2', '#cdb4f6'];

const number = (value) => typeof value === 'number' && Number.isFinite(value) && value >= -0.5 && value <= 1.5;

/** The board's whole state, and what each message of a person does to it. Coordinates are shares of the board's size. */
export class Board {
  #people = new Map();
  #strokes = new Map();
  #nextId = 1;

  join(connection) {
    const id = this.#nextId++;
    const taken = new Set([...this.#people.values()].map((person) => person.name));
    const person = {
      id,
      name: NAMES.find((name) => !taken.has(name)) ?? `Guest ${id}`,
      colour: COLOURS[1 + (id % (COLOURS.length - 1))],
      connection,
    };
    connection.send(JSON.stringify({ type: 'welcome', you: id, colours: COLOURS, strokes: [...this.#strokes.values()] }));
    this.#people.set(id, person);
    this.#announce();
    connection.on('message', (text) => this.#receive(person, text));
    connection.on('close', () => {
      this.#people.delete(id);
      this.#announce();
    });
  }

  get people() {
    return this.#people.size;
  }

  pingAll() {
    for (const { connection } of this.#people.values()) connection.ping();
  }

  closeAll() {
    for (const { connection } of this.#people.values()) connection.close(1001);
  }

  #announce() {
    const people = [...this.#people.values()].map(({ id, name, colour }) => ({ id, name, colour }));
    this.#tell({ type: 'people', people });
  }

  #tell(message, except) {
    const text = JSON.stringify(message);
    for (const person of this.#people.values()) if (person !== except) person.connection.send(text);
  }

  #receive(person, text) {
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      return person.connection.close(1007);
    }
    switch (message?.type) {
      case 'cursor':
        if (number(message.x) && number(message.y)) this.#tell({ type: 'cursor', id: person.id, x: message.x, y: message.y }, person);
        return;
      case 'begin':
        return this.#begin(person, message);
      case 'points':
        return this.#extend(person, message);
      case 'undo':
        return this.#remove([...this.#strokes.values()].filter((stroke) => stroke.by === person.id).slice(-1));
      case 'clear':
        return this.#remove([...this.#strokes.values()]);
    }
  }

  #begin(person, { id, colour, width }) {
    if (typeof id !== 'string' || id.length > 40 || this.#strokes.has(id) || !COLOURS.includes(colour) || ![3, 7, 15].includes(width)) return;
    if (this.#strokes.size >= MAX_STROKES) this.#remove([...this.#strokes.values()].slice(0, 1));
    const stroke = { id, by: person.id, colour, width, points: [] };
    this.#strokes.set(id, stroke);
    this.#tell({ type: 'begin', stroke }, person);
  }

  #extend(person, { id, points }) {
    const stroke = this.#strokes.get(id);
    if (stroke?.by !== person.id || !Array.isArray(points) || !points.every(number) || points.length % 2 !== 0) return;
    if (stroke.points.length + points.length > MAX_POINTS * 2) return;
    stroke.points.push(...points);
    this.#tell({ type: 'points', id, points }, person);
  }

  #remove(strokes) {
    for (const { id } of strokes) this.#strokes.delete(id);
    if (strokes.length > 0) this.#tell({ type: 'removed', ids: strokes.map(({ id }) => id) });
  }
}
