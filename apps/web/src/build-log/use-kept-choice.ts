import { useCallback, useState } from 'react';

/** A way of looking at logs that this browser keeps, where it keeps anything. */
export function useKeptChoice<T extends string>(name: string, among: readonly T[], usual: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => among.find((one) => one === kept(name)) ?? usual);
  const choose = useCallback(
    (next: T) => {
      setValue(next);
      try {
        localStorage.setItem(`osiris.${name}`, next);
      } catch {
        // Where nothing may be kept, it holds for this page.
      }
    },
    [name],
  );
  return [value, choose];
}

function kept(name: string): string | null {
  try {
    return localStorage.getItem(`osiris.${name}`);
  } catch {
    return null;
  }
}
