import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Rigs, and tests that start whole programs: each takes as long as a dozen others. */
const long =
  /\/(?:lib\/testing\/|scripts\/|lib\/login\/(?:hundred-hours|office)|lib\/(?:serve\/stop|letters\/outbox-worker|rotation\/rotate-keys|cli\/with-database)\.)/;

/**
 * The long files begin first. A fresh clone has no times of an earlier run, and by size alone, as it is ordered then, some of them would begin when
 * everything else is done, and one core would stand idle.
 */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => long.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
