/** Akhet, the sign for the horizon: the sun between two hills, where it is born again each day. */
export function Mark({ size = 34 }: { size?: number }) {
  return (
    <svg viewBox="0 0 40 32" width={size * 1.25} height={size} aria-hidden="true" focusable="false">
      <circle cx="20" cy="13" r="8" fill="var(--gold)" />
      <path
        d="M1 31c0-9 3.500-16 8-16 5 0 6.500 9.500 11 9.500S26 15 31 15c4.500 0 8 7 8 16z"
        fill="var(--accent)"
      />
    </svg>
  );
}
