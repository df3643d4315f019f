/**
 * Optimal string alignment by the whole matrix, in UTF-16 units: row `i`, column `j` is the distance of the first `i`
 * units of one and the first `j` of the other.
 */
function matrix(from: string, to: string): number[][] {
  const distance: number[][] = [];
  for (let i = 0; i <= from.length; i++) {
    distance.push([]);
    for (let j = 0; j <= to.length; j++) {
      if (i === 0 || j === 0) {
        distance[i]![j] = i + j;
        continue;
      }
      let best = Math.min(distance[i - 1]![j]! + 1, distance[i]![j - 1]! + 1, distance[i - 1]![j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1));
      const exchanged = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (exchanged) best = Math.min(best, distance[i - 2]![j - 2]! + 1);
      distance[i]![j] = best;
    }
  }
  return distance;
}

export function distanceTo(token: string, term: string): number {
  return matrix(token, term)[token.length]![term.length]!;
}

/** The smallest distance to any beginning of the term. */
export function distanceToBeginning(token: string, term: string): number {
  return Math.min(...matrix(token, term)[token.length]!);
}
