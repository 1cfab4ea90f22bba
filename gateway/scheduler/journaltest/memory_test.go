package journaltest_test

import (
	"testing"

	"rollcall/gateway/scheduler"
	"rollcall/gateway/scheduler/journaltest"
)

func TestMemory(t *testing.T) {
	journaltest.Run(t, func() scheduler.Journal { return new(journaltest.Memory) })
}
