import { describe, expect, it } from '@jest/globals';
import { type App, type IPolicyValidationPlugin, Stack, Validations } from 'aws-cdk-lib';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ACCOUNT, SHAPES } from './shapes.ts';
import { addAccount, addTenant, newApp } from './synthesised.ts';

/** Every finding, warnings too, that no construct acknowledges. */
function findingsIn(app: App): readonly string[] {
  const checks = new AwsSolutionsChecks(app);
  const findings: string[] = [];
  const plugin: IPolicyValidationPlugin = {
    name: checks.name,
    validate: (context) => {
      const report = checks.validate(context);
      findings.push(...report.violations.map(({ ruleName }) => ruleName));
      return { ...report, success: true, violations: [] };
    },
  };
  Validations.of(app).addPlugins(plugin);
  app.synth();
  return findings;
}

function acknowledgementsIn(app: App): readonly { readonly id: string; readonly reason: string }[] {
  const metadata = app.node.findAll().flatMap(({ node }) => node.metadata);
  return metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries<string>(data).map(([id, reason]) => ({ id, reason })));
}

function newDeployment(): App {
  const app = newApp();
  addAccount(app, ACCOUNT);
  for (const file of Object.values(SHAPES)) addTenant(app, file);
  return app;
}

describe('cdk-nag', () => {
  it('finds nothing that is not acknowledged', () => {
    expect(findingsIn(newDeployment())).toEqual([]);
  });

  it('does find what nobody acknowledged', () => {
    const app = newApp();
    new CfnSecret(new Stack(app, 'Other'), 'Secret');

    expect(findingsIn(app)).toEqual(['AwsSolutions-SMG4']);
  });

  it('is answered with a reason in a sentence', () => {
    const acknowledgements = acknowledgementsIn(newDeployment());

    expect(acknowledgements.length).toBeGreaterThan(5);
    for (const { reason } of acknowledgements) expect(reason).toMatch(/^[A-Z]\S* (\S+ ){6,}\S+\.$/);
  });
});
