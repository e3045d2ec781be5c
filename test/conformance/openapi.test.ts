import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { windableClock } from '../../local/clock';
import { type Cloud, startCloud } from '../../local/cloud/cloud';
import type { ParameterSpec } from '../../local/cloud/product';
import { products } from '../../local/cloud/products';
import { TINY, tiny } from '../../local/estates/tiny';
import { answerProblems, descriptionOf, hasDescriptions, type Schema } from '../kit/openapi';
import { everyAction } from './every-action';
import { recordProblems } from './recorded-calls';
import type { Answered } from './walk';

const ACTIONS = products.flatMap(({ name, actions }) =>
  Object.entries(actions).map(([action, { parameters }]) => ({ product: name, action, parameters })),
);

test.runIf(!hasDescriptions)(
  'was NOT run: ../shared/reference/openapi is not beside this repository',
  async (context) => {
    expect(hasDescriptions).toBe(false);
    await context.annotate('Nothing was held against Alibaba’s own description of its APIs.', 'warning');
    process.stderr.write(
      'conformance: NOT RUN. Requests and answers were held against nothing, because Alibaba’s API descriptions are not at ../shared/reference/openapi.\n',
    );
  },
);

describe.runIf(hasDescriptions)('the local cloud, held against Alibaba’s own description of its APIs', () => {
  let cloud: Cloud;
  let answered: Answered[] = [];

  beforeAll(async () => {
    const clock = windableClock();
    const estate = tiny(clock.nowMs());
    estate.world.directories[0]?.delegatedAdministrators.push(TINY.consumer);
    estate.world.sharingEnabledBy = [];
    cloud = await startCloud({ world: estate.world, clock });
    answered = await everyAction(cloud, estate, clock);
  }, 20_000);

  afterAll(() => cloud.close());

  test.each(ACTIONS)(
    '$product $action takes no parameter that is not described, nor in another type',
    (known) => {
      const { product, action, parameters } = known;
      const described = descriptionOf(product, action)?.parameters ?? [];
      const wrong = Object.entries(parameters).flatMap(([name, spec]) => {
        const parameter = described.find((one) => one.name === name);
        if (parameter === undefined) return [`${name} is not described`];
        return [
          ...typeProblems(name, spec, parameter),
          ...(spec.required && !parameter.required ? [`${name} is optional`] : []),
        ];
      });
      const missing = described.filter(({ name, required }) => required && parameters[name] === undefined);
      expect([...wrong, ...missing.map(({ name }) => `${name} is required`)]).toEqual([]);
    },
  );

  test.each(ACTIONS)(
    '$product $action answers in the fields and types that are described',
    ({ product, action }) => {
      const description = descriptionOf(product, action);
      const bodies = answered.filter((one) => one.product === product && one.action === action);
      expect(bodies.length).toBeGreaterThan(0);
      const wrong = bodies.flatMap(({ answer: { body } }) =>
        description === undefined
          ? ['the action is not described']
          : answerProblems(description.responses['200'], body),
      );
      expect([...new Set(wrong)]).toEqual([]);
      expect(bodies.every(({ answer: { body } }) => typeof body['RequestId'] === 'string')).toBe(true);
    },
  );

  test('every request that reached it is as described, and asks for nothing that the local cloud would overlook', () => {
    expect(cloud.calls.records.length).toBeGreaterThan(ACTIONS.length);
    expect(recordProblems(cloud.calls.records)).toEqual([]);
  });
});

/** JSON lists inside one text are described as text. */
function typeProblems(name: string, spec: ParameterSpec, described: Schema): string[] {
  const type = spec.type === 'list' ? 'array' : spec.type === 'json-list' ? 'string' : spec.type;
  if (described.type !== type) return [`${name} is ${described.type}, not ${type}`];
  if ((spec.type !== 'list' && spec.type !== 'object') || spec.fields === undefined) return [];
  const properties = spec.type === 'list' ? described.items?.properties : described.properties;
  return Object.entries(spec.fields).flatMap(([field, inner]) => {
    const property = properties?.[field];
    return property === undefined
      ? [`${name}.${field} is not described`]
      : typeProblems(`${name}.${field}`, inner, property);
  });
}
