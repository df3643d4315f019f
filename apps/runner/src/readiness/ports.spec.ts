import { planPorts } from './ports';

const nothing = { jobPort: null, exposedPorts: [], imageEnv: {}, userEnv: {} };

describe('planPorts', () => {
  it('tells an app without any word of a port where to listen', () => {
    expect(planPorts(nothing)).toEqual({ declared: [], portVariable: '8080' });
  });

  it('prefers the app’s own word over what else the image exposes', () => {
    expect(planPorts({ ...nothing, jobPort: 3000, exposedPorts: [80, 3000] })).toEqual({ declared: [3000, 80], portVariable: '3000' });
  });

  it('leaves PORT alone where the image or the user has set it, and looks there first', () => {
    expect(planPorts({ ...nothing, exposedPorts: [80], imageEnv: { PORT: '5000' } })).toEqual({ declared: [5000, 80], portVariable: undefined });
    expect(planPorts({ ...nothing, imageEnv: { PORT: '5000' }, userEnv: { PORT: '6000' } })).toEqual({ declared: [6000], portVariable: undefined });
  });

  it('does not take nonsense in PORT for a port', () => {
    expect(planPorts({ ...nothing, userEnv: { PORT: '/run/app.sock' } })).toEqual({ declared: [], portVariable: undefined });
    expect(planPorts({ ...nothing, userEnv: { PORT: '70000' } }).declared).toEqual([]);
  });
});
