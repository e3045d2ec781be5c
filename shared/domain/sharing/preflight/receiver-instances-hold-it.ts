import { SHARE_A_DEPLOYMENT_SET } from './help-pages';
import { failIf, type Rule } from './rule';

export const receiverInstancesHoldIt: Rule = {
  code: 'receiver-instances-hold-it',
  severity: 'inform',
  about: 'resource',
  sentence: 'A deployment set cannot be taken back while the receiver has instances in it.',
  fix: 'Agree with the receiver on how its instances leave the set before access ends.',
  source: SHARE_A_DEPLOYMENT_SET,
  judge: ({ resource }) => failIf(resource.resourceType === 'DeploymentSet'),
};
