import { DomainError, EventsQuery, EventType, type HubEvent } from '@osiris/contracts';
import { fieldErrors } from '../http/route.decorator';

/** What one client wants to hear of. */
export interface EventFilter {
  /** Null: every type but logs and figures. */
  types: ReadonlySet<EventType> | null;
  subject: string | null;
  /** Resume after this sequence; null: from now on. */
  after: number | null;
}

const ASKED_FOR: ReadonlySet<string> = new Set<EventType>(['build.log', 'launch.log', 'launch.stats']);

/**
 * Reads `?types=build,launch.updated&subject=…&after=…`; a noun stands for all its types.
 * @throws DomainError VALIDATION_FAILED.
 */
export function parseEventFilter(search: URLSearchParams): EventFilter {
  const given = Object.fromEntries([...search].filter(([, value]) => value !== ''));
  const query = EventsQuery.safeParse(given);
  if (!query.success) {
    throw new DomainError('VALIDATION_FAILED', 'The query does not fit.', { errors: fieldErrors(query.error) });
  }
  const { types, subject, after } = query.data;
  return { types: types === undefined ? null : typesOf(types), subject: subject ?? null, after: after ?? null };
}

function typesOf(text: string): Set<EventType> {
  const wanted = new Set<EventType>();
  for (const word of text.split(',').map((part) => part.trim()).filter((part) => part !== '')) {
    const matching = EventType.options.filter((type) => type === word || type.startsWith(`${word}.`));
    if (matching.length === 0) {
      const message = `"${word}" is none of ${EventType.options.join(', ')}, nor a noun of them`;
      throw new DomainError('VALIDATION_FAILED', `types: ${message}`, { errors: [{ path: 'types', message }] });
    }
    matching.forEach((type) => wanted.add(type));
  }
  return wanted;
}

/** Logs come in floods, and figures of many launches are one: only to whoever named both the app and the type. */
export function wantsInParticular(filter: EventFilter, type: EventType): boolean {
  return ASKED_FOR.has(type) && filter.subject !== null && filter.types !== null && filter.types.has(type);
}

export function wants(filter: EventFilter, event: Pick<HubEvent, 'type' | 'subject'>): boolean {
  if (filter.subject !== null && filter.subject !== event.subject) return false;
  if (ASKED_FOR.has(event.type)) return wantsInParticular(filter, event.type);
  return filter.types === null || filter.types.has(event.type);
}
