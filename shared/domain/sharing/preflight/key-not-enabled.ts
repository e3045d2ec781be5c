import { fail, given, PASS, type Rule } from './rule';
import { ENCRYPTION_PERMISSIONS } from './help-pages';

export const keyNotEnabled: Rule = {
  code: 'key-not-enabled',
  severity: 'warn',
  about: 'resource',
  sentence: 'The key that it is encrypted with is not enabled, so receivers cannot read what they get.',
  fix: 'Enable the key in KMS, or cancel its deletion.',
  source: ENCRYPTION_PERMISSIONS,
  judge: ({ keys }) =>
    given(keys, (all) => {
      const off = all.find(({ state }) => state !== 'Enabled');
      return off === undefined ? PASS : fail(`Key ${off.keyId} is ${off.state}.`);
    }),
};
