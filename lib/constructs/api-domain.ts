import type { IStage } from 'aws-cdk-lib/aws-apigateway';
import { CfnApiMapping } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import type { TenantDomain } from '../domain.ts';
import { DomainName } from './domain-name.ts';

export interface ApiDomainProps {
  readonly domain: TenantDomain;
  readonly stage: IStage;
}

/**
 * The tenant's place on a domain, its own or a shared one.
 *
 * A mapping of API Gateway's second version, which takes the first's stages too, and alone takes several segments.
 */
export class ApiDomain extends Construct {
  /** Where the base path begins. */
  readonly url: string;

  constructor(scope: Construct, id: string, { domain, stage }: ApiDomainProps) {
    super(scope, id);
    const { name, certificateArn, path } = domain;
    const { domainName } =
      certificateArn === undefined ? { domainName: name } : new DomainName(this, 'Own', { domain: { ...domain, certificateArn } });
    new CfnApiMapping(this, 'Mapping', {
      apiId: stage.restApi.restApiId,
      stage: stage.stageName,
      domainName,
      ...(path === '' ? {} : { apiMappingKey: path }),
    });
    this.url = ['https:/', name, ...(path === '' ? [] : [path])].join('/');
  }
}
