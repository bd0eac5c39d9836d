import { useState } from "react";
import { useQuery } from "../asking";
import { useLanguage } from "../language";
import { ServiceLinks, State, Table, useInstants } from "../parts";
import type { Place } from "../routes";

const LOG = `query PortalRequestLog($service: ServiceName!) {
  requestLog(service: $service, first: 20) {
    edges { node { id at clientId method route status durationMs problem { code } } }
  }
}`;

interface Logged {
  id: string;
  at: string;
  clientId: string;
  method: string;
  route: string;
  status: number;
  durationMs: number;
  problem: { code: string } | null;
}

interface Log {
  requestLog: { edges: { node: Logged }[] } | null;
}

const ENDPOINTS = `query PortalWebhooks($service: ServiceName!) {
  webhookEndpoints(service: $service, first: 20) {
    edges { node { id url description types state lastSuccessAt deliveriesWaiting } }
  }
}`;

const DELIVERIES = `query PortalDeliveries($service: ServiceName!, $endpointId: ID!) {
  webhookDeliveries(service: $service, endpointId: $endpointId, first: 20) {
    edges { node { id type subject state attempts createdAt tries { outcome status } } }
  }
}`;

interface Endpoint {
  id: string;
  url: string;
  description: string;
  types: string[];
  state: string;
  lastSuccessAt: string | null;
  deliveriesWaiting: number;
}

interface Endpoints {
  webhookEndpoints: { edges: { node: Endpoint }[] } | null;
}

interface Delivery {
  id: string;
  type: string;
  state: string;
  attempts: number;
  createdAt: string;
  tries: { outcome: string; status: number | null }[];
}

interface Deliveries {
  webhookDeliveries: { edges: { node: Delivery }[] } | null;
}

export function PartnerPage({ page, service }: Place) {
  const { words } = useLanguage();
  const text = words.partner;
  return (
    <>
      <h1>{text.heading}</h1>
      <p className="lead">{text.lead}</p>
      <ServiceLinks page={page} chosen={service} />
      <EndpointList key={service} service={service.toUpperCase()} />
      <RequestLog service={service.toUpperCase()} />
    </>
  );
}

function EndpointList({ service }: { service: string }) {
  const { words, label } = useLanguage();
  const text = words.partner;
  const instant = useInstants();
  const answer = useQuery<Endpoints>(ENDPOINTS, { service });
  const [chosen, setChosen] = useState<Endpoint | null>(null);
  const rows = answer.data?.webhookEndpoints?.edges.map((edge) => edge.node);
  return (
    <section>
      <h2>{text.endpoints}</h2>
      <State answer={answer} hint={text.wrongPart} />
      {rows && (
        <Table
          caption={text.endpoints}
          isNamedAbove
          rows={rows}
          empty={text.noEndpoints}
          keyOf={(one) => one.id}
          columns={[
            { head: text.url, cell: (one) => <code>{one.url}</code> },
            { head: text.purpose, cell: (one) => one.description },
            { head: text.types, cell: (one) => one.types.join(", ") || text.all },
            { head: text.state, cell: (one) => label("WebhookEndpointState", one.state) },
            { head: text.last, cell: (one) => instant(one.lastSuccessAt) },
            { head: text.waiting, cell: (one) => one.deliveriesWaiting, isNumber: true },
            {
              head: text.deliveries,
              cell: (one) => (
                <button
                  type="button"
                  aria-pressed={chosen?.id === one.id}
                  aria-label={`${text.deliveries}: ${one.url}`}
                  onClick={() => setChosen(one)}
                >
                  {text.show}
                </button>
              ),
            },
          ]}
        />
      )}
      {chosen && <DeliveryList service={service} endpoint={chosen} />}
    </section>
  );
}

function DeliveryList({ service, endpoint }: { service: string; endpoint: Endpoint }) {
  const { words, label } = useLanguage();
  const text = words.partner;
  const instant = useInstants();
  const answer = useQuery<Deliveries>(DELIVERIES, { service, endpointId: endpoint.id });
  const rows = answer.data?.webhookDeliveries?.edges.map((edge) => edge.node);
  const outcome = (one: Delivery) => {
    const last = one.tries.at(-1);
    return last ? `${label("WebhookTryOutcome", last.outcome)} ${last.status ?? ""}` : "–";
  };
  return (
    <>
      <h3>
        {text.deliveries}: <code>{endpoint.url}</code>
      </h3>
      <State answer={answer} hint={text.wrongPart} />
      {rows && (
        <Table
          caption={text.deliveries}
          isNamedAbove
          rows={rows}
          empty={text.noDeliveries}
          keyOf={(one) => one.id}
          columns={[
            { head: text.at, cell: (one) => instant(one.createdAt) },
            { head: text.event, cell: (one) => <code>{one.type}</code> },
            { head: text.state, cell: (one) => label("WebhookDeliveryState", one.state) },
            { head: text.attempts, cell: (one) => one.attempts, isNumber: true },
            { head: text.outcome, cell: outcome },
          ]}
        />
      )}
    </>
  );
}

function RequestLog({ service }: { service: string }) {
  const { words } = useLanguage();
  const text = words.partner;
  const instant = useInstants();
  const answer = useQuery<Log>(LOG, { service });
  const rows = answer.data?.requestLog?.edges.map((edge) => edge.node);
  return (
    <section>
      <h2>{text.log}</h2>
      <State answer={answer} hint={text.wrongPart} />
      {rows && (
        <Table
          caption={text.log}
          isNamedAbove
          rows={rows}
          empty={text.noRequests}
          keyOf={(one) => one.id}
          columns={[
            { head: text.at, cell: (one) => instant(one.at) },
            { head: text.client, cell: (one) => one.clientId },
            {
              head: text.request,
              cell: (one) => (
                <code>
                  {one.method} {one.route}
                </code>
              ),
            },
            { head: text.status, cell: (one) => one.status, isNumber: true },
            { head: text.problem, cell: (one) => one.problem?.code ?? "–" },
            { head: text.duration, cell: (one) => `${one.durationMs} ms`, isNumber: true },
          ]}
        />
      )}
    </section>
  );
}
