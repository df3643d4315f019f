import { scrollPlan } from './scroll-plan';

describe('scrollPlan', () => {
  it('is the log itself where browsers can draw it', () => {
    const plan = scrollPlan(50_000, 500);
    expect([plan.sizerPx, plan.lastTop, plan.toTop(300), plan.toScroll(300)]).toEqual([50_000, 49_500, 300, 300]);
  });

  it('reaches both ends of a log of ten million lines', () => {
    const plan = scrollPlan(200_000_000, 500);
    expect(plan.sizerPx).toBeLessThan(17_800_000);
    expect([plan.toTop(0), Math.round(plan.toTop(plan.sizerPx - 500))]).toEqual([0, 199_999_500]);
    expect(plan.toTop(plan.toScroll(123_456_789))).toBeCloseTo(123_456_789, 3);
  });

  it('stands still where all fits on the screen', () => {
    const plan = scrollPlan(100, 500);
    expect([plan.lastTop, plan.toTop(0), plan.toScroll(0)]).toEqual([0, 0, 0]);
  });
});
