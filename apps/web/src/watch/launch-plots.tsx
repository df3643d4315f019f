import type { Launch, LaunchStats } from '@osiris/contracts';
import { useLaunchFigures } from './launch-figures';
import styles from './launch-plots.module.css';
import { PLOT_HEIGHT, PLOT_WIDTH, plotArea, plotPath, plotTop } from './plot-path';

/** What the running app uses, as it uses it. */
export function LaunchPlots({ launch }: { launch: Launch }) {
  const figures = useLaunchFigures(launch.id, launch.appId);
  const last = figures.at(-1);
  return (
    <div className={styles.plots} role="group" aria-label="What it uses">
      <Plot name="Memory" figures={figures.map(({ memoryBytes }) => memoryBytes)} limit={last?.memoryLimitBytes ?? 1} text={last && memoryText(last)} />
      <Plot name="CPU" figures={figures.map(({ cpuPercent }) => cpuPercent)} limit={(last?.cpuLimit ?? 1) * 100} text={last && cpuText(last)} />
    </div>
  );
}

const MIB = 1024 ** 2;
const memoryText = ({ memoryBytes, memoryLimitBytes }: LaunchStats): string => `${Math.round(memoryBytes / MIB)} of ${Math.round(memoryLimitBytes / MIB)} MiB`;
const cpuText = ({ cpuPercent, cpuLimit }: LaunchStats): string => `${Math.round(cpuPercent)} % of ${cpuLimit} ${cpuLimit === 1 ? 'CPU' : 'CPUs'}`;

interface PlotProps {
  name: string;
  figures: readonly number[];
  limit: number;
  /** The newest figure in words; undefined until one has come. */
  text: string | undefined;
}

/** The words beside it say the same: the picture itself is decoration. */
function Plot({ name, figures, limit, text }: PlotProps) {
  const top = plotTop(figures, limit);
  return (
    <figure className={styles.plot}>
      <figcaption>
        <span className={styles.name}>{name}</span> <span className={styles.value}>{text ?? '…'}</span>
      </figcaption>
      <svg viewBox={`0 0 ${PLOT_WIDTH} ${PLOT_HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path className={styles.area} d={plotArea(figures, top)} />
        <path className={styles.line} d={plotPath(figures, top)} />
      </svg>
    </figure>
  );
}
