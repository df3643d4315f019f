import type { Readiness } from '@osiris/contracts';
import { useQuery } from '@tanstack/react-query';
import { keys } from '../api/query-keys';
import { servicesApi } from '../api/services.api';

export interface WaitingPart {
  name: string;
  title: string;
  message: string;
}

const REFRESH_MS = 15_000;

export function waitingParts(readiness: Readiness | undefined): WaitingPart[] {
  return Object.entries(readiness?.dependencies ?? {})
    .filter(([, state]) => state.status !== 'up')
    .map(([name, state]) => ({
      name,
      title: state.status === 'waiting' ? `${capitalised(name)}: work waits.` : `${capitalised(name)} is down.`,
      message: state.message ? sentence(state.message) : 'The hub goes on by itself when it is back.',
    }));
}

const sentence = (text: string): string => `${capitalised(text)}${/[.!?]$/.test(text) ? '' : '.'}`;
const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Parts that `/readyz` names as missing. No event tells of them, so they are asked for now and then. */
export function useWaitingParts(): WaitingPart[] {
  const { data } = useQuery({
    queryKey: keys.readiness,
    queryFn: ({ signal }) => servicesApi.readiness(signal),
    refetchInterval: REFRESH_MS,
    retry: false,
  });
  return waitingParts(data);
}
