import type { ReactElement } from 'react';
import type { Composition, CoverModel } from './cover-model';

type Draw = (model: CoverModel) => ReactElement;

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const die = ({ dice }: CoverModel, index: number): number => dice[index % dice.length] ?? 0;

interface LettersProps {
  model: CoverModel;
  x: number;
  y: number;
  size: number;
  text?: string;
}

/** Letters in the title's or the text's face, as the app's dice have it. */
function Letters({ model, x, y, size, text = model.monogram }: LettersProps) {
  const titled = die(model, 15) < 0.6;
  return (
    <text x={x} y={y} fontSize={size} fill={model.colours.light} fontFamily={`var(--font-${titled ? 'title' : 'text'})`} fontWeight={titled ? 400 : 650}>
      {text}
    </text>
  );
}

/** Each draws on a ground of 320 × 200, with few shapes; the lower right is left to the button that lies there. */
export const DRAWINGS: Record<Composition, Draw> = {
  giant: (model) => (
    <>
      <rect x={200 + die(model, 0) * 60} width="40" height="200" fill={model.colours.accent} />
      <Letters model={model} x={-8} y={206} size={270} text={[...model.monogram][0] ?? ''} />
    </>
  ),
  disc: (model) => (
    <>
      <circle cx={210 + die(model, 0) * 60} cy={60 + die(model, 1) * 70} r={88 + die(model, 2) * 30} fill={model.colours.accent} />
      <Letters model={model} x={22} y={132} size={104} />
    </>
  ),
  split: (model) => {
    const top = 210 + die(model, 0) * 70;
    const bottom = top - 110 - die(model, 1) * 40;
    return (
      <>
        <path d={`M${top} 0H320V200H${bottom}z`} fill={model.colours.accent} />
        <path d={`M${top} 0h14L${bottom + 14} 200h-14z`} fill={model.colours.spark} />
        <Letters model={model} x={18} y={96} size={92} />
      </>
    );
  },
  pillars: (model) => (
    <>
      {range(7).map((index) => {
        const height = 30 + die(model, index) * 110;
        return <rect key={index} x={12 + index * 44} y={200 - height} width="30" height={height} rx="4" fill={index % 3 === 1 ? model.colours.deep : model.colours.accent} />;
      })}
      <Letters model={model} x={18} y={84} size={80} />
    </>
  ),
  cartouche: (model) => (
    <>
      <rect x="22" y="34" width={150 + die(model, 0) * 30} height="124" rx="62" fill={model.colours.accent} stroke={model.colours.spark} strokeWidth="4" />
      <path d="M22 176h150" stroke={model.colours.spark} strokeWidth="4" />
      <Letters model={model} x={50} y={120} size={68} />
    </>
  ),
  steps: (model) => (
    <>
      {range(6).map((index) => {
        const width = 300 - index * (36 + die(model, 0) * 14);
        return <rect key={index} x={340 - width} y={176 - index * 24} width={width} height="24" fill={index % 2 === 0 ? model.colours.deep : model.colours.accent} />;
      })}
      <Letters model={model} x={18} y={82} size={78} />
    </>
  ),
  rays: (model) => {
    const [x, y] = [250 + die(model, 0) * 50, 210];
    return (
      <>
        {range(9).map((index) => {
          const [from, to] = [Math.PI + index * 0.35, Math.PI + index * 0.35 + 0.18];
          const point = (angle: number): string => `${(x + Math.cos(angle) * 420).toFixed(1)} ${(y + Math.sin(angle) * 420).toFixed(1)}`;
          return <path key={index} d={`M${x} ${y}L${point(from)}L${point(to)}z`} fill={model.colours.accent} />;
        })}
        <circle cx={x} cy={y} r={52 + die(model, 1) * 22} fill={model.colours.spark} />
        <Letters model={model} x={20} y={100} size={94} />
      </>
    );
  },
  echo: (model) => (
    <>
      <g fill="none" stroke={model.colours.spark} strokeOpacity="0.5" strokeWidth="2.5" fontFamily="var(--font-title)" fontSize="150">
        {range(3).map((index) => (
          <text key={index} x={14 + (3 - index) * (26 + die(model, 0) * 22)} y={138 + (3 - index) * 14}>
            {model.monogram}
          </text>
        ))}
      </g>
      <Letters model={model} x={14} y={138} size={150} />
    </>
  ),
  mosaic: (model) => (
    <>
      {range(12).map((index) => {
        const [x, y] = [148 + (index % 4) * 48, Math.floor(index / 4) * 67];
        const fill = die(model, index) < 0.34 ? model.colours.spark : die(model, index) < 0.68 ? model.colours.accent : model.colours.deep;
        const turn = Math.floor(die(model, index + 3) * 4);
        const corner = [`M${x} ${y}h48a48 67 0 0 1-48 67z`, `M${x} ${y}h48v67a48 67 0 0 1-48-67z`, `M${x + 48} ${y}v67h-48a48 67 0 0 1 48-67z`, `M${x} ${y}v67h48a48 67 0 0 0-48-67z`][turn];
        return <path key={index} d={corner} fill={fill} />;
      })}
      <Letters model={model} x={16} y={122} size={76} />
    </>
  ),
  lettered: (model) => {
    const longest = Math.max(...model.lines.map((line) => line.length), 4);
    // Beside the sign in the upper right corner, above the button in the lower.
    const size = Math.min(62, 400 / longest, 132 / model.lines.length);
    return (
      <>
        <rect width="12" height="200" fill={model.colours.spark} />
        <circle cx="320" cy="200" r={110 + die(model, 0) * 60} fill={model.colours.accent} />
        {model.lines.map((line, index) => (
          <Letters key={index} model={model} x={32} y={34 + size * 0.8 + index * size * 1.08} size={size} text={line} />
        ))}
      </>
    );
  },
  horizon: (model) => {
    const y = 118 + die(model, 0) * 30;
    return (
      <>
        <circle cx={236 + die(model, 1) * 50} cy={y} r={50 + die(model, 2) * 20} fill={model.colours.spark} />
        <path d={`M0 ${y}h320V200H0z`} fill={model.colours.deep} />
        <path d={`M0 ${y + 26}q40-14 80 0t80 0 80 0 80 0V200H0z`} fill={model.colours.accent} />
        <Letters model={model} x={18} y={y - 22} size={86} />
      </>
    );
  },
  facets: (model) => {
    const [x, y] = [185 + die(model, 0) * 50, 70 + die(model, 1) * 60];
    return (
      <>
        <path d={`M0 0L${x} ${y}L0 200z`} fill={model.colours.deep} />
        <path d={`M0 200L${x} ${y}L320 200z`} fill={model.colours.accent} />
        <path d={`M320 0L${x} ${y}L320 120z`} fill={model.colours.spark} opacity="0.85" />
        <Letters model={model} x={18} y={128} size={88} />
      </>
    );
  },
};
