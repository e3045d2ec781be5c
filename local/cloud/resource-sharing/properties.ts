import { type Call, ProviderRefusal } from '../product';
import { textsOf } from '../read-parameters';
import type { NamedResource } from './resources';

/** The one type of which a property is documented: `{"sharePrincipals":true,"shareTagOptions":false}`. */
const TYPE_WITH_PROPERTY = 'ServiceCatalogPortfolio';

/**
 * Resources with what ResourceProperties.N says about each; `resources` must be in the order of the call. A property
 * belongs to a resource that ResourceArns names.
 *
 * @throws ProviderRefusal 400 InvalidParameter.ResourceProperties, …Duplicate, NotSupport.ResourceProperty;
 *   400 InvalidParameter.TargetProperties, which belong to service principals: this cloud has none
 */
export function withProperties(
  resources: readonly NamedResource[],
  call: Call,
): (NamedResource & { property?: string })[] {
  if (call.parameters['TargetProperties'] !== undefined) throw invalid('TargetProperties');
  const properties = propertiesByArn(call);
  const arns = textsOf(call, 'ResourceArns');
  for (const arn of properties.keys()) if (!arns.includes(arn)) throw invalid('ResourceProperties');
  return resources.map((resource, at) => {
    const property = properties.get(arns[at] ?? '');
    if (property === undefined) return resource;
    if (resource.resourceType === TYPE_WITH_PROPERTY) return { ...resource, property };
    throw new ProviderRefusal(
      400,
      'NotSupport.ResourceProperty',
      'The resource type does not support resource property.',
    );
  });
}

function propertiesByArn(call: Call): Map<string, string> {
  const items = call.parameters['ResourceProperties'];
  const properties = new Map<string, string>();
  for (const item of Array.isArray(items) ? items : []) {
    const { ResourceArn: arn, Property: property } = item as Record<string, unknown>;
    if (typeof arn !== 'string' || typeof property !== 'string' || !isJson(property)) {
      throw invalid('ResourceProperties');
    }
    if (properties.has(arn)) {
      throw new ProviderRefusal(
        400,
        'InvalidParameter.ResourceProperties.Duplicate',
        'The ResourceProperties contains duplicate values.',
      );
    }
    properties.set(arn, property);
  }
  return properties;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function invalid(name: string): ProviderRefusal {
  return new ProviderRefusal(400, `InvalidParameter.${name}`, `The ${name} is invalid.`);
}
