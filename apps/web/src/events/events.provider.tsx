import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { createEventApplier } from './apply-event';
import { type ConnectionState, EventSocket } from './event-socket';

const Connection = createContext<ConnectionState>('connecting');

/** Holds the page's one connection to what happens in the hub and keeps the query cache current by it. */
export function EventsProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [state, setState] = useState<ConnectionState>('connecting');

  useEffect(() => {
    const socket = new EventSocket({
      onEvent: createEventApplier(client),
      onState: setState,
      // What is being asked for right now comes as fresh as it gets, so it is let finish.
      onGap: () => void client.invalidateQueries({}, { cancelRefetch: false }),
    });
    return () => socket.close();
  }, [client]);

  return <Connection value={state}>{children}</Connection>;
}

export const useConnection = (): ConnectionState => useContext(Connection);
