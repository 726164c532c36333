import { applyCallback } from '../operator/apply-callback';
import { readOperatorSettings } from '../operator/http/settings';
import { registerCallbacks } from '../operator/routes-callbacks';
import { registerTicketListeners } from '../operator/routes-tmf621';
import { applyTicketEvent } from '../operator/tmforum/apply-ticket-event';
import { readTicketSettings } from '../operator/tmforum/settings';
import type { Edge } from './channels';
import type { Engine } from './engine';
import { openTickets } from './operator';

/** The ways in for the operator's systems, where they have an address and a secret. */
export function registerOperatorCallbacks(
  { config, db, policies, wakeOrders, clock, log }: Engine,
  { server }: Edge,
): void {
  const books = { db, policies };
  const settings = readOperatorSettings(config);
  if (settings) {
    registerCallbacks(server, {
      apply: (callback) => applyCallback(books, callback, clock),
      onEvent: wakeOrders,
      secrets: settings.secrets,
      clock,
      log,
    });
  }
  const tickets = openTickets(config);
  const ticketSettings = readTicketSettings(config);
  if (tickets === null || ticketSettings === null) return;
  registerTicketListeners(server, {
    listenerToken: ticketSettings.listenerToken,
    readTicket: tickets.read,
    apply: (event, ticket) => applyTicketEvent(books, event, ticket, clock),
    onEvent: wakeOrders,
    log,
  });
}
