package gateway_test

import (
	"fmt"
	"log/slog"
	"os"
	"time"

	"rollcall/gateway"
)

// This file shows the vocabulary; example_test.go shows the client.

func ExampleAttempt_Outcome() {
	retry := gateway.Attempt{State: gateway.StateRetry, Reason: "No answer. Try in 1 minute "}
	expired := gateway.Attempt{State: gateway.StateExpired}
	fmt.Println(retry.Outcome(), retry.Outcome().Dialled())
	fmt.Println(expired.Outcome(), expired.Outcome().Dialled())
	// Output:
	// no_answer true
	// expired false
}

func ExamplePhone_Masked() {
	fmt.Println(gateway.Phone("+1 617-555-0142").Masked())
	// Output: +· ···-···-··42
}

func ExamplePhone_Digits() {
	fmt.Println(gateway.Phone("+1 617-555-0142,,3#").Digits())
	// Output: 16175550142
}

// A gateway reads what clients send.
func ExampleParseRequest() {
	values := gateway.Request{Info: "appointment", Phone: "6175550142", Text: "Hello"}.Values()
	request, err := gateway.ParseRequest(values)
	fmt.Println(request.Phone, err)
	values.Del("phoneno")
	_, err = gateway.ParseRequest(values)
	fmt.Println(string(gateway.FormatError(err.Error())))
	// Output:
	// 6175550142 <nil>
	// ERROR: phoneno is missing
}

func ExampleRequest_Values() {
	values := gateway.Request{Info: "appointment", Phone: "6175550142", Text: "Hello", FirstOcc: 90 * time.Minute}.Values()
	fmt.Println(values.Encode())
	// Output: firstocc=90&info=appointment&phoneno=6175550142&selfdelete=0&txt=Hello
}

func ExampleReference_Valid() {
	fmt.Println(gateway.Reference("8f3a-1").Valid(), gateway.Reference("../8f3a").Valid())
	// Output: true false
}

func ExampleStatus_Last() {
	untried := gateway.Status{}
	_, tried := untried.Last()
	fmt.Println(tried)
	// Output: false
}

func ExampleStatus_Final() {
	retry := gateway.Status{Attempts: []gateway.Attempt{{State: gateway.StateRetry}}}
	fmt.Println(retry.Final())
	// Output: false
}

func ExampleAttemptState_Final() {
	fmt.Println(gateway.StateFailed.Final(), gateway.StatePending.Final(), gateway.StateMixed.Final())
	// Output: true false false
}

func ExampleOutcome_Words() {
	state, reason := gateway.OutcomeMachine.Words()
	fmt.Println(state, "-", reason)
	// Output: made - Message left on answering machine
}

func ExampleOutcome_Dialled() {
	fmt.Println(gateway.OutcomeBusy.Dialled(), gateway.OutcomeExpired.Dialled())
	// Output: true false
}

// Numbers and tokens do not get into logs.
func ExamplePhone_LogValue() {
	log := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: withoutTime}))
	log.Info("call", "phone", gateway.Phone("6175550142"), "gateway", &gateway.Client{URL: "http://office:8155", Token: "secret"})
	// Output: level=INFO msg=call phone=········42 gateway=http://office:8155
}

func withoutTime(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}
