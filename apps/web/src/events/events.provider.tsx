import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { ApiError } from '../api/api-error';
import { createEventApplier } from './apply-event';
import { type ConnectionState, EventSocket } from './event-socket';

const Connection = createContext<ConnectionState>('connecting');

/** What could not be asked while the hub was away. Events that are resumed say nothing of it. */
function askAgain(client: QueryClient): void {
  const failed = ({ status, error }: { status: string; error: unknown }): boolean => status === 'error' && error instanceof ApiError && error.transient;
  void client.refetchQueries({ type: 'active', predicate: ({ state }) => failed(state) }, { cancelRefetch: false });
}

/** Holds the page's one connection to what happens in the hub and keeps the query cache current by it. */
export function EventsProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [state, setState] = useState<ConnectionState>('connecting');

  useEffect(() => {
    const socket = new EventSocket({
      onEvent: createEventApplier(client),
      onState(now) {
        setState(now);
        if (now === 'open') askAgain(client);
      },
      // What is being asked for right now comes as fresh as it gets, so it is let finish.
      onGap: () => void client.invalidateQueries({}, { cancelRefetch: false }),
    });
    return () => socket.close();
  }, [client]);

  return <Connection value={state}>{children}</Connection>;
}

export const useConnection = (): ConnectionState => useContext(Connection);
