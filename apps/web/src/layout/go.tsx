import { createContext, type ReactNode, useContext } from 'react';
import { type NavigateFunction, useNavigate } from 'react-router';

const GoContext = createContext<NavigateFunction | null>(null);

/**
 * Hands the router's way to navigate down by itself. `useNavigate` has its component drawn again with each new address, which
 * is with each letter typed; who only goes somewhere on a click needs none of that.
 */
export function GoProvider({ children }: { children: ReactNode }) {
  return <GoContext value={useNavigate()}>{children}</GoContext>;
}

/** Goes to an address of this app. */
export function useGo(): NavigateFunction {
  const go = useContext(GoContext);
  if (!go) throw new Error('outside of <GoProvider>');
  return go;
}
