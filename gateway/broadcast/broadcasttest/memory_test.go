package broadcasttest_test

import (
	"testing"

	"rollcall/gateway/broadcast"
	"rollcall/gateway/broadcast/broadcasttest"
)

func TestMemory(t *testing.T) {
	broadcasttest.Run(t, func() broadcast.Store { return new(broadcasttest.Memory) })
}
