"""The official Python SDK drives the stand-in Stripe: python check.py URL"""

import json
import sys
import threading
import time
import urllib.request
import uuid
from http.server import BaseHTTPRequestHandler, HTTPServer

import stripe

URL = sys.argv[1].rstrip("/")
SECRETS = ["whsec_python_new", "whsec_python_old"]
client = stripe.StripeClient(
    "sk_test_python", base_addresses={"api": URL}, max_network_retries=0
)
sessions = client.v1.checkout.sessions

CHECKS = []


def check(function):
    CHECKS.append(function)
    return function


def control(path, body=None, method=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        f"{URL}/_control/{path}",
        data,
        {"content-type": "application/json"},
        method=method or ("GET" if body is None else "POST"),
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def params(amount=1200, **more):
    return {
        "mode": "payment",
        "success_url": "https://seika.example/paid?s={CHECKOUT_SESSION_ID}",
        "cancel_url": "https://seika.example/back",
        "client_reference_id": "payment-1",
        "metadata": {"payment_id": "p-1"},
        "payment_intent_data": {"metadata": {"reservation": "r-1"}},
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": "jpy",
                    "unit_amount": amount,
                    "product_data": {"name": "精華西中学校体育館 全面"},
                },
            }
        ],
        **more,
    }


def create(amount=1200, **more):
    return sessions.create(params(amount, **more))


def paid(amount=1200):
    session = create(amount)
    control(f"sessions/{session.id}/pay", {})
    return sessions.retrieve(session.id)


def raises(kind, action, code=None, status=None):
    try:
        action()
    except kind as error:
        assert type(error) is kind, f"{type(error).__name__}, not {kind.__name__}"
        assert code is None or error.code == code, f"code {error.code}"
        assert status is None or error.http_status == status, f"status {error.http_status}"
        return error
    raise AssertionError(f"no {kind.__name__}")


class Receiver:
    """A webhook endpoint that keeps what arrives."""

    def __enter__(self):
        self.letters = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.letters.append((body, self.headers["stripe-signature"]))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        port = self.server.server_address[1]
        control(
            "webhooks/endpoint",
            {"url": f"http://127.0.0.1:{port}/webhooks/stripe", "secrets": SECRETS},
        )
        return self

    def __exit__(self, *_):
        control("webhooks/mode", {"mode": "lose"})
        self.server.shutdown()


@check
def a_session_can_be_created_retrieved_and_paid():
    session = create()
    assert session.status == "open" and session.payment_status == "unpaid"
    assert session.amount_total == 1200 and session.currency == "jpy"
    assert session.payment_intent is None
    assert session.url.endswith(session.id)
    control(f"sessions/{session.id}/pay", {})
    again = sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
    assert again.status == "complete" and again.payment_status == "paid" and again.url is None
    assert again.metadata["payment_id"] == "p-1"
    assert "payment_id" not in again.payment_intent.metadata
    assert again.payment_intent.metadata["reservation"] == "r-1"
    assert again.payment_intent.latest_charge.payment_method_details.card.last4 == "4242"


@check
def the_line_items_can_be_listed():
    items = sessions.line_items.list(create(2400).id)
    assert items.data[0].description == "精華西中学校体育館 全面"
    assert items.data[0].amount_total == 2400


@check
def an_open_session_expires_and_a_closed_one_refuses():
    session = create()
    assert sessions.expire(session.id).status == "expired"
    error = raises(
        stripe.InvalidRequestError, lambda: sessions.expire(session.id), status=400
    )
    assert 'status in ["open"]' in error.user_message


@check
def sessions_are_listed_by_time_and_by_payment_intent():
    session = paid()
    found = sessions.list({"payment_intent": session.payment_intent})
    assert [one.id for one in found.data] == [session.id]
    recent = sessions.list({"created": {"gte": session.created - 60}, "limit": 100})
    assert session.id in [one.id for one in recent.auto_paging_iter()]
    assert sessions.list({"created": {"gte": session.created + 3600}}).data == []


@check
def the_list_turns_its_pages():
    made = [create().id for _ in range(5)]
    seen = [one.id for one in sessions.list({"limit": 2}).auto_paging_iter()]
    assert seen[:5] == made[::-1]
    assert len(seen) == len(set(seen))


@check
def refunds_are_partial_up_to_the_charge():
    intent = paid(1200).payment_intent
    first = client.v1.refunds.create({"payment_intent": intent, "amount": 500})
    assert first.status == "succeeded" and first.amount == 500
    raises(
        stripe.InvalidRequestError,
        lambda: client.v1.refunds.create({"payment_intent": intent, "amount": 701}),
        status=400,
    )
    client.v1.refunds.create({"payment_intent": intent})
    raises(
        stripe.InvalidRequestError,
        lambda: client.v1.refunds.create({"payment_intent": intent}),
        code="charge_already_refunded",
    )
    assert sum(one.amount for one in client.v1.refunds.list({"payment_intent": intent})) == 1200
    assert client.v1.refunds.retrieve(first.id).id == first.id


@check
def a_succeeded_refund_can_fail_later():
    intent = paid(800).payment_intent
    refund = client.v1.refunds.create({"payment_intent": intent})
    control(f"refunds/{refund.id}", {"status": "failed"})
    again = client.v1.refunds.retrieve(refund.id)
    assert again.status == "failed" and again.failure_reason == "lost_or_stolen_card"
    intent = client.v1.payment_intents.retrieve(intent, {"expand": ["latest_charge"]})
    assert intent.latest_charge.amount_refunded == 0


@check
def events_tell_what_happened():
    since = int(time.time()) - 5
    session = paid()
    events = client.v1.events.list(
        {"types": ["checkout.session.completed"], "created": {"gte": since}}
    )
    event = next(one for one in events.data if one.data.object["id"] == session.id)
    assert event.api_version == "2026-09-30.endive"
    assert client.v1.events.retrieve(event.id).type == "checkout.session.completed"


@check
def payment_intents_and_charges_can_be_read():
    session = paid(900)
    intent = client.v1.payment_intents.retrieve(session.payment_intent)
    assert intent.status == "succeeded" and intent.amount_received == 900
    assert client.v1.charges.retrieve(intent.latest_charge).balance_transaction
    assert intent.id in [one.id for one in client.v1.payment_intents.list().data]


@check
def the_balance_is_the_sum_of_its_transactions():
    paid(5000)
    every = client.v1.balance_transactions.list({"limit": 100}).auto_paging_iter()
    assert client.v1.balance.retrieve().available[0].amount == sum(one.net for one in every)


@check
def webhooks_carry_signatures_that_the_sdk_accepts():
    with Receiver() as receiver:
        control("webhooks/mode", {"mode": "deliver"})
        session = paid()
        control("webhooks/settle", {})
        kinds = []
        for body, signature in receiver.letters:
            assert signature.count("v1=") == 2
            for secret in SECRETS:
                event = stripe.Webhook.construct_event(body, signature, secret)
            kinds.append(event.type)
            raises(
                stripe.SignatureVerificationError,
                lambda: stripe.Webhook.construct_event(body, signature, "whsec_wrong"),
            )
            raises(
                stripe.SignatureVerificationError,
                lambda: stripe.Webhook.construct_event(body + b" ", signature, SECRETS[0]),
            )
        assert "checkout.session.completed" in kinds and "payment_intent.succeeded" in kinds
        bodies = [json.loads(body) for body, _ in receiver.letters]
        assert session.id in [one["data"]["object"]["id"] for one in bodies]


@check
def a_webhook_signed_too_long_ago_is_refused_by_the_sdk():
    with Receiver() as receiver:
        control("webhooks/mode", {"mode": "lose"})
        paid()
        event = client.v1.events.list({"limit": 1}).data[0]
        control("webhooks/send", {"event": event.id, "skew_seconds": -301})
        control("webhooks/settle", {})
        body, signature = receiver.letters[-1]
        raises(
            stripe.SignatureVerificationError,
            lambda: stripe.Webhook.construct_event(body, signature, SECRETS[0]),
        )


@check
def the_same_key_with_the_same_parameters_replays_the_answer():
    options = {"idempotency_key": str(uuid.uuid4())}
    first = sessions.create(params(), options)
    again = sessions.create(params(), options)
    assert again.id == first.id
    assert again.last_response.headers["idempotent-replayed"] == "true"


@check
def the_same_key_with_other_parameters_is_an_idempotency_error():
    options = {"idempotency_key": str(uuid.uuid4())}
    sessions.create(params(1200), options)
    raises(stripe.IdempotencyError, lambda: sessions.create(params(1300), options), status=400)


@check
def a_saved_500_is_replayed():
    control("faults", {"on": "checkout.session.create", "do": "error_500"})
    options = {"idempotency_key": str(uuid.uuid4())}
    for _ in range(2):
        raises(stripe.APIError, lambda: sessions.create(params(), options), status=500)


@check
def a_dropped_answer_is_found_again_under_its_key():
    control("faults", {"on": "checkout.session.create", "do": "drop_connection"})
    options = {"idempotency_key": str(uuid.uuid4())}
    before = len(control("requests")["requests"])
    raises(stripe.APIConnectionError, lambda: sessions.create(params(), options))
    assert sessions.create(params(), options).last_response.headers["idempotent-replayed"]
    assert len(control("requests")["requests"]) == before + 2


@check
def a_key_in_use_is_a_conflict():
    control("faults", {"on": "checkout.session.create", "do": "hang", "seconds": 30})
    options = {"idempotency_key": str(uuid.uuid4())}
    hanging = threading.Thread(target=lambda: sessions.create(params(), options))
    hanging.start()
    while not any(
        one["idempotency_key"] == options["idempotency_key"]
        for one in control("requests")["requests"]
    ):
        pass
    # The SDK keeps IdempotencyError for 400; a conflict is a plain APIError there.
    error = raises(stripe.APIError, lambda: sessions.create(params(), options), status=409)
    assert error.json_body["error"]["code"] == "idempotency_key_in_use"
    control("faults/release", {})
    hanging.join()


@check
def the_error_classes_are_the_sdks_own():
    stranger = stripe.StripeClient("sk_live_no", base_addresses={"api": URL})
    raises(stripe.AuthenticationError, lambda: stranger.v1.balance.retrieve(), status=401)
    raises(
        stripe.InvalidRequestError,
        lambda: sessions.retrieve("cs_test_none"),
        code="resource_missing",
        status=404,
    )
    raises(stripe.InvalidRequestError, lambda: create(49), code="amount_too_small", status=400)
    raises(
        stripe.InvalidRequestError,
        lambda: create(payment_method_types=["card"]),
        code="payment_method_types_no_longer_supported",
    )
    raises(
        stripe.InvalidRequestError,
        lambda: create(colour="red"),
        code="parameter_unknown",
    )
    control("faults", {"on": "balance.retrieve", "do": "rate_limited", "retry_after": 3})
    error = raises(stripe.RateLimitError, lambda: client.v1.balance.retrieve(), status=429)
    assert error.headers["retry-after"] == "3"
    control("faults", {"on": "refund.create", "do": "card_declined"})
    error = raises(
        stripe.CardError,
        lambda: client.v1.refunds.create({"charge": "ch_none"}),
        code="card_declined",
        status=402,
    )
    for fault in ("html_502", "truncated_json"):
        control("faults", {"on": "balance.retrieve", "do": fault})
        raises(stripe.APIError, lambda: client.v1.balance.retrieve())


@check
def a_declined_card_leaves_the_session_open():
    session = create()
    answer = control(f"sessions/{session.id}/pay", {"card": "4000000000000002"})
    assert answer["outcome"] == "declined"
    session = sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert session.status == "open"
    assert session.payment_intent.last_payment_error.decline_code == "generic_decline"


def main():
    failed = 0
    for function in CHECKS:
        name = function.__name__.replace("_", " ")
        try:
            function()
            print(f"ok      python: {name}")
        except Exception as error:  # a failed check must not hide the others
            failed += 1
            print(f"FAILED  python: {name}: {type(error).__name__}: {error}")
        finally:
            control("faults", method="DELETE")
    print(f"{len(CHECKS) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
