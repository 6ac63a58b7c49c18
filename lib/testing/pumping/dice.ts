/** Chance that is the same in every run: whole numbers from 0 to `sides` - 1. */
export type Dice = (sides: number) => number;

const [factor, step, modulus] = [1_664_525, 1_013_904_223, 2 ** 32];

/** A linear congruential generator (Numerical Recipes), of which the upper bits are used. */
export function dice(seed: number): Dice {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, factor) + step) >>> 0;
    return Math.floor((state / modulus) * sides);
  };
}
