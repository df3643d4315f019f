import Anser from 'anser';
import { memo } from 'react';
import styles from './log-view.module.css';

const CLASSES: Record<string, string | undefined> = {
  bold: styles.bold,
  dim: styles.dim,
  italic: styles.italic,
  underline: styles.underline,
};

/** anser names colours `ansi-red`, `ansi-bright-red`, or gives a palette or true colour as "r, g, b". */
function colourOf(name: string | null, truecolor: string | null): string | undefined {
  if (truecolor) return `rgb(${truecolor})`;
  const base = name?.replace(/^ansi-(bright-)?/, '');
  return base && /^(black|red|green|yellow|blue|magenta|cyan|white)$/.test(base) ? `var(--ansi-${base})` : undefined;
}

/** One line with its number and its ANSI colours. */
export const LogLine = memo(function LogLine({ number, text }: { number: number; text: string }) {
  const parts = text.includes('\u001b') ? Anser.ansiToJson(text, { use_classes: true, remove_empty: true }) : null;
  return (
    <div className={styles.line}>
      <span className={styles.number} aria-hidden="true">
        {number}
      </span>
      <span className={styles.text}>
        {parts
          ? parts.map((part, index) => (
              <span
                key={index}
                className={part.decorations.map((one) => CLASSES[one]).filter(Boolean).join(' ') || undefined}
                style={{ color: colourOf(part.fg, part.fg_truecolor), background: colourOf(part.bg, part.bg_truecolor) }}
              >
                {part.content}
              </span>
            ))
          : text}
      </span>
    </div>
  );
});
