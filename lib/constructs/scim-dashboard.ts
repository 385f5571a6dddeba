import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmState,
  AlarmStatusWidget,
  AlarmStatusWidgetSortBy,
  Dashboard,
  DashboardVariable,
  DefaultValue,
  type IAlarm,
  type IWidget,
  PeriodOverride,
  TextWidget,
  Values,
  VariableInputType,
  VariableType,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ALARMS, alarmNameOf, runbookOf } from '../alarms.ts';
import { fleetGraphs, tenantGraphs } from './dashboard-graphs.ts';

export interface ScimDashboardProps {
  readonly tenants: readonly string[];
}

/** Stands for the tenant that is chosen above the graphs; CloudWatch puts its name in place of this wherever it stands. */
const CHOSEN = 'CHOSEN_TENANT';

/** As many as one widget shows. */
const ALARMS_IN_WIDGET = 100;

const WIDTH = 24;

/** The one dashboard of an account: what sounds, how the tenants do beside each other, and one of them in detail. */
export class ScimDashboard extends Construct {
  constructor(scope: Construct, id: string, { tenants }: ScimDashboardProps) {
    super(scope, id);
    const alarmsOf = (tenant: string): readonly IAlarm[] => ALARMS.map((rule) => this.#alarm(tenant, alarmNameOf(tenant, rule)));
    new Dashboard(this, 'Resource', {
      // The name is the account's, not the region's.
      dashboardName: `scim-${Stack.of(this).region}`,
      defaultInterval: Duration.days(1),
      periodOverride: PeriodOverride.INHERIT,
      variables: [tenantVariable(tenants)],
      widgets: [
        [new TextWidget({ markdown: header(), width: WIDTH, height: 4 })],
        ...soundingIn(tenants.flatMap(alarmsOf)),
        fleetGraphs(),
        [new TextWidget({ markdown: `## ${CHOSEN}`, width: WIDTH, height: 1 })],
        [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarmsOf(CHOSEN)], width: WIDTH, height: 4 })],
        ...tenantGraphs(CHOSEN, (name) => this.#alarm(`${CHOSEN} graph`, alarmNameOf(CHOSEN, { name }))),
      ],
    });
  }

  #alarm(of: string, name: string): IAlarm {
    const arn = Stack.of(this).formatArn({
      service: 'cloudwatch',
      resource: 'alarm',
      resourceName: name,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return Alarm.fromAlarmArn(this, `${of} ${name.split('/').at(-1)}`, arn);
  }
}

function tenantVariable(tenants: readonly string[]): DashboardVariable {
  return new DashboardVariable({
    id: 'tenant',
    type: VariableType.PATTERN,
    label: 'Tenant',
    inputType: VariableInputType.SELECT,
    value: CHOSEN,
    values: Values.fromValues(...tenants.map((value) => ({ value }))),
    defaultValue: DefaultValue.value(tenants[0] ?? CHOSEN),
    visible: true,
  });
}

/** What sounds, the latest first; where there are more alarms than one widget takes, in several. */
function soundingIn(alarms: readonly IAlarm[]): IWidget[][] {
  const chunks = Array.from({ length: Math.ceil(alarms.length / ALARMS_IN_WIDGET) }, (_, at) =>
    alarms.slice(at * ALARMS_IN_WIDGET, (at + 1) * ALARMS_IN_WIDGET),
  );
  return chunks.map((chunk, at) => [
    new AlarmStatusWidget({
      title: chunks.length === 1 ? 'Sounding now, of all tenants' : `Sounding now, of all tenants (${at + 1} of ${chunks.length})`,
      alarms: [...chunk],
      states: [AlarmState.ALARM],
      sortBy: AlarmStatusWidgetSortBy.STATE_UPDATED_TIMESTAMP,
      width: WIDTH,
      height: 3,
    }),
  ]);
}

const header = (): string =>
  [
    '# SCIM endpoints',
    'Choose a tenant above. What the numbers mean: `docs/reference/metrics.md`. Single requests: **Logs Insights**, saved queries `scim/…`, or `npm run scim -- logs --tenant NAME`; one user: `docs/how-to/what-happened-to-a-user.md`.',
    `When an alarm sounds, its runbook says what to do: ${ALARMS.map((rule) => `\`${runbookOf(rule)}\``).join(', ')}.`,
  ].join('\n\n');
