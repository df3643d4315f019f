import { band } from './escape.js';

onmessage = ({ data: { job, view, from, to, step } }) => {
  const pixels = band(view, from, to, step);
  postMessage({ job, from, to, step, pixels }, [pixels.buffer]);
};
