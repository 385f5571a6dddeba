import { CfnOutput } from 'aws-cdk-lib';
import { CfnDomainName } from 'aws-cdk-lib/aws-apigateway';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import type { Domain } from '../domain.ts';

export interface DomainNameProps {
  readonly domain: Domain;
}

/** A domain name of one's own that API Gateway answers to, and its record where the hosted zone is known. */
export class DomainName extends Construct {
  readonly domainName: string;

  constructor(scope: Construct, id: string, { domain }: DomainNameProps) {
    super(scope, id);
    const { name, certificateArn, hostedZoneId } = domain;
    const resource = new CfnDomainName(this, 'Resource', {
      domainName: name,
      regionalCertificateArn: certificateArn,
      endpointConfiguration: { types: ['REGIONAL'] },
      securityPolicy: 'TLS_1_2',
    });
    this.domainName = resource.ref;
    const target = { dnsName: resource.attrRegionalDomainName, hostedZoneId: resource.attrRegionalHostedZoneId };
    if (hostedZoneId !== undefined) new CfnRecordSet(this, 'Record', { hostedZoneId, name, type: 'A', aliasTarget: target });
    new CfnOutput(this, 'Target', { description: `What the record of ${name} leads to`, value: target.dnsName });
  }
}
