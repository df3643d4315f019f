import type { ReactElement } from 'react';
import type { CoverModel, CoverPattern } from './cover-model';

type Draw = (model: CoverModel) => ReactElement | ReactElement[];

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const die = (model: CoverModel, index: number): number => model.dice[index % model.dice.length] ?? 0;

/** Each draws in light lines on a ground of 320 × 200; the letters stand at the lower left. */
const DRAWINGS: Record<CoverPattern, Draw> = {
  sunrise(model) {
    const x = 150 + die(model, 0) * 120;
    const y = 120 + die(model, 1) * 50;
    return [
      <circle key="sun" cx={x} cy={y} r="30" fill={model.palette.light} stroke="none" />,
      ...range(9).map((ring) => <circle key={ring} cx={x} cy={y} r={44 + ring * 17} opacity={1 - ring * 0.1} />),
    ];
  },
  reeds: (model) =>
    range(27).map((index) => {
      const x = 8 + index * 12;
      const top = 30 + die(model, index) * 110;
      return (
        <g key={index}>
          <path d={`M${x} 200V${top}`} opacity="0.6" />
          <ellipse cx={x} cy={top - 9} rx="3.200" ry="10" fill={model.palette.light} stroke="none" opacity={0.35 + die(model, index + 7) * 0.6} />
        </g>
      );
    }),
  river: (model) =>
    range(11).map((line) => {
      const y = 14 + line * 18;
      const swing = 5 + die(model, line) * 9;
      const shift = die(model, line + 5) * -60;
      return <path key={line} transform={`translate(${shift} 0)`} d={`M0 ${y}q30 ${-swing} 60 0t60 0 60 0 60 0 60 0 60 0 60 0`} opacity={0.3 + line * 0.06} />;
    }),
  scales: (model) =>
    range(6).flatMap((row) =>
      range(10).map((column) => {
        const x = column * 40 + (row % 2 === 0 ? 0 : -20);
        const y = row * 36 + 10;
        const filled = die(model, row * 10 + column) > 0.78;
        return (
          <g key={`${row} ${column}`}>
            <path d={`M${x - 20} ${y}a20 20 0 0 0 40 0`} fill={filled ? model.palette.light : 'none'} fillOpacity="0.35" />
            <path d={`M${x - 11} ${y}a11 11 0 0 0 22 0`} opacity="0.5" />
          </g>
        );
      }),
    ),
  pyramids: (model) =>
    range(4).map((index) => {
      const middle = 60 + index * 72 + die(model, index) * 40;
      const height = 70 + die(model, index + 4) * 90;
      const top = 200 - height;
      return (
        <g key={index} stroke="none" fill={model.palette.light}>
          <path d={`M${middle - height} 200L${middle} ${top}V200z`} opacity="0.16" />
          <path d={`M${middle} ${top}L${middle + height} 200H${middle}z`} opacity="0.4" />
        </g>
      );
    }),
  stars: (model) =>
    range(7).flatMap((row) =>
      range(11)
        .filter((column) => die(model, row * 11 + column * 3) > 0.25)
        .map((column) => {
          const x = 16 + column * 29;
          const y = 16 + row * 28;
          const arm = 3 + die(model, row + column * 5) * 6;
          return <path key={`${row} ${column}`} d={`M${x} ${y - arm}V${y + arm}M${x - arm} ${y}H${x + arm}M${x - arm / 2} ${y - arm / 2}l${arm} ${arm}m0 ${-arm}l${-arm} ${arm}`} opacity={0.4 + arm / 18} />;
        }),
    ),
  weave: (model) =>
    range(5).flatMap((row) =>
      range(9).map((column) => {
        const x = column * 40 + (row % 2 === 0 ? 0 : 20);
        const y = row * 44 + 12;
        const inner = 6 + die(model, row * 9 + column) * 9;
        return (
          <g key={`${row} ${column}`}>
            <path d={`M${x} ${y - 22}l20 22-20 22-20-22z`} opacity="0.7" />
            <path d={`M${x} ${y - inner}l${inner} ${inner}-${inner} ${inner}-${inner}-${inner}z`} fill={model.palette.light} fillOpacity="0.4" stroke="none" />
          </g>
        );
      }),
    ),
  lotus(model) {
    const x = 190 + die(model, 0) * 70;
    return [
      ...range(9).map((petal) => (
        <path
          key={petal}
          d="M0 0c-26-34-24-84 0-126c24 42 26 92 0 126z"
          transform={`translate(${x} 186) rotate(${(petal - 4) * 21}) scale(${1 - Math.abs(petal - 4) * 0.06})`}
          fill={model.palette.light}
          fillOpacity={petal % 2 === 0 ? 0.22 : 0.08}
        />
      )),
      <path key="water" d={`M0 188q40-8 80 0t80 0 80 0 80 0`} />,
    ];
  },
};

export function CoverArt({ model }: { model: CoverModel }) {
  return <>{DRAWINGS[model.pattern](model)}</>;
}
