package view_test

import (
	"testing"

	"rollcall/campaign"
	"rollcall/ui/view"
)

func TestTheSideBarSaysWhichGatewayAndHowManyLines(t *testing.T) {
	practice := view.Sidelined{Settings: campaign.Settings{Lines: 4}, Practice: true, Busy: 3}
	real := view.Sidelined{Settings: campaign.Settings{Lines: 2, Gateway: "http://gate.example:8155"}, Busy: 5}
	for _, tt := range []struct {
		name       string
		of         []view.Sidelined
		head, line string
	}{
		{"nobody is called", nil, "Built-in gateway", "Starts with the first call"},
		{"practice", []view.Sidelined{practice}, "Built-in gateway", "Practice, 3 of 4 lines"},
		{"two that share it", []view.Sidelined{practice, practice}, "Built-in gateway", "Practice, 6 of 8 lines"},
		{"elsewhere, more calls than lines", []view.Sidelined{real}, "gate.example:8155", "5 of 5 lines in use"},
		{"both", []view.Sidelined{practice, real}, "2 gateways", "8 of 8 lines in use"},
	} {
		if head, line := view.GatewayFoot(tt.of); head != tt.head || line != tt.line {
			t.Errorf("%s: %q, %q", tt.name, head, line)
		}
	}
}
